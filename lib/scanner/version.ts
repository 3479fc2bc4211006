/** Version of the rules and parsers; part of every finding. */
export const ENGINE_VERSION = '1.0.0';
