/** What a scan calls the signature of a model. */
export const SIGNATURE_FORMAT = 'model-signature';

/**
 * True for JSON that is a bundle of OpenSSF Model Signing: by its media type and what it states. Says nothing about whether
 * it is valid, and is cheap: every JSON document of a scan is asked.
 */
export function isModelSignature(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('mediaType' in value) || !('dsseEnvelope' in value))
    return false;
  const { mediaType, dsseEnvelope } = value;
  if (typeof mediaType !== 'string' || !mediaType.startsWith('application/vnd.dev.sigstore.bundle')) return false;
  const { payload } = (dsseEnvelope ?? {}) as { payload?: unknown };
  return typeof payload === 'string' && /model_signing\//.test(Buffer.from(payload, 'base64').toString('latin1'));
}
