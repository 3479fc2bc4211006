/** Kept apart from the renderers, so that the command line starts without them. */
export const OUTPUT_FORMATS = ['table', 'json', 'sarif', 'cyclonedx', 'junit', 'gitlab', 'html'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
