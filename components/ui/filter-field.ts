export interface FilterOption {
  value: string;
  label: string;
}

export type FilterField =
  | { kind: 'search'; param: string; label: string }
  | {
      kind: 'select';
      param: string;
      label: string;
      options: readonly FilterOption[];
      /** What is chosen while the address names nothing; given, there is no "all" and nothing to clear. */
      chosen?: string;
    }
  | { kind: 'toggle'; param: string; label: string };
