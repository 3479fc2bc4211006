import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/web/i18n.ts');

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  serverExternalPackages: [
    'pg',
    'pino',
    'graphile-worker',
    '@node-rs/argon2',
    '@myriaddreamin/typst.ts',
    '@myriaddreamin/typst-ts-web-compiler',
    '@aws-sdk/client-s3',
    '@cedar-policy/cedar-wasm',
  ],
};

export default withNextIntl(config);
