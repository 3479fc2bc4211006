import { expect, it } from 'vitest';
import { s3Settings } from './open-storage';

const complete = {
  S3_ENDPOINT: 'http://127.0.0.1:9000',
  S3_BUCKET: 'evidence',
  S3_REGION: 'eu-central-1',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
};

it('keeps files on the disk when nothing of S3 is set', () => {
  expect(s3Settings({})).toBeUndefined();
});

it('takes S3 as it is set', () => {
  expect(s3Settings(complete)).toMatchObject({ bucket: 'evidence', region: 'eu-central-1' });
});

it.each(['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])('names %s when it is missing', (name) => {
  expect(() => s3Settings({ ...complete, [name]: '' })).toThrow(name);
});
