import * as z from 'zod';

const base64 = z.base64().max(1 << 26);
const certificate = z.looseObject({ rawBytes: base64 });

/** The parts of a Sigstore bundle (0.1 to 0.3, JSON) that a model signature uses; others are left alone. */
export const bundleSchema = z.looseObject({
  mediaType: z.string().startsWith('application/vnd.dev.sigstore.bundle'),
  verificationMaterial: z.looseObject({
    publicKey: z.looseObject({ hint: z.string().optional() }).optional(),
    x509CertificateChain: z.looseObject({ certificates: z.array(certificate).min(1).max(10) }).optional(),
    certificate: certificate.optional(),
    tlogEntries: z.array(z.unknown()).optional(),
  }),
  dsseEnvelope: z.looseObject({
    payload: base64,
    payloadType: z.string(),
    signatures: z.array(z.looseObject({ sig: base64 })).length(1),
  }),
});

const name = z.string().min(1).max(4096);

/** The in-toto statement of OpenSSF Model Signing 1.0. */
export const statementSchema = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z
    .array(z.looseObject({ name: z.string(), digest: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) }))
    .length(1),
  predicateType: z.literal('https://model_signing/signature/v1.0'),
  predicate: z.strictObject({
    serialization: z.looseObject({
      method: z.enum(['files', 'shards']),
      hash_type: z.string(),
      shard_size: z.number().int().positive().optional(),
      allow_symlinks: z.boolean().optional(),
      ignore_paths: z.array(name).max(1000).optional(),
    }),
    resources: z
      .array(
        z.strictObject({ name, digest: z.string().regex(/^(?:[0-9a-f]{2}){16,64}$/), algorithm: z.string().max(60) }),
      )
      .max(1_000_000),
  }),
});
