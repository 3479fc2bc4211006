/**
 * Callables that benign pickles invoke, exactly by module and name, with what their arguments must look like. Found by
 * unpickling files that numpy, scipy, scikit-learn, pandas, joblib and PyTorch write themselves.
 */
export type ArgumentShape =
  /** Harmless whatever the arguments are. */
  | 'any'
  /** The first argument is a class that is instantiated without running code of its own. */
  | 'class-first'
  /** The first argument is a function that is called with the second: it must be allowed itself. */
  | 'function-first'
  /** The arguments include a function that is only kept. */
  | 'keeps-function'
  /** Text and the name of a codec that is part of Python. */
  | 'codec'
  /** A function of numpy or scipy, by the texts of its module and name. */
  | 'ufunc'
  /** The name of a random generator, and the function that makes it. */
  | 'random-state'
  /** A generic class and the types of its items. */
  | 'alias'
  /** A shape and a type; a third argument would be memory to be taken for elements. */
  | 'without-buffer'
  /** `iter(container)`; with two arguments it calls the first. */
  | 'iterator'
  /** Nothing may be passed. */
  | 'without-arguments'
  /** `type(object)`; with three arguments it makes a class. */
  | 'type-of'
  /** Items of generic types in `typing`: annotations are pickled so. */
  | 'annotation'
  /** A harmless attribute of something a known library owns: bound methods are pickled so. */
  | 'attribute'
  /** Bytes that are unpickled; they are scanned as a file of their own. */
  | 'nested';

const words = (text: string): string[] => text.trim().split(/\s+/);

const TABLE: readonly (readonly [string, ArgumentShape, string])[] = [
  [
    'builtins',
    'any',
    `set frozenset bytearray bytes complex slice range xrange object int float str bool list dict tuple Ellipsis
     NotImplemented`,
  ],
  ['collections', 'any', 'OrderedDict Counter deque ChainMap UserDict UserList'],
  ['collections', 'keeps-function', 'defaultdict'],
  ['copyreg', 'class-first', '_reconstructor __newobj__ __newobj_ex__'],
  ['_codecs', 'codec', 'encode'],
  ['codecs', 'codec', 'encode'],
  ['functools', 'keeps-function', 'partial'],
  ['datetime', 'any', 'date time datetime timedelta timezone tzinfo'],
  ['decimal', 'any', 'Decimal Context'],
  ['fractions', 'any', 'Fraction'],
  ['uuid', 'any', 'UUID SafeUUID'],
  ['pathlib', 'any', 'Path PurePath PosixPath WindowsPath PurePosixPath PureWindowsPath'],
  ['pathlib._local', 'any', 'Path PurePath PosixPath WindowsPath PurePosixPath PureWindowsPath'],
  ['ipaddress', 'any', 'IPv4Address IPv6Address IPv4Network IPv6Network'],
  ['zoneinfo', 'any', 'ZoneInfo ZoneInfo._unpickle'],
  ['builtins', 'type-of', 'type'],
  ['builtins', 'iterator', 'iter'],
  ['types', 'without-arguments', 'SimpleNamespace'],
  ['types', 'alias', 'GenericAlias'],
  ['operator', 'annotation', 'getitem'],
  ['_operator', 'annotation', 'getitem'],
  ['operator', 'any', 'itemgetter'],
  ['logging', 'any', 'getLogger'],
  ['inspect', 'any', 'Signature Parameter _ParameterKind _empty'],
  ['urllib.parse', 'any', 'ParseResult SplitResult DefragResult ParseResultBytes SplitResultBytes DefragResultBytes'],
  ['http', 'any', 'HTTPStatus HTTPMethod'],
  ['subprocess', 'any', 'CalledProcessError TimeoutExpired SubprocessError'],
  ['json.decoder', 'any', 'JSONDecodeError'],
  ['array', 'any', 'array _array_reconstructor'],
  ['re', 'any', '_compile'],
  ['os', 'any', 'stat_result terminal_size'],
  ['time', 'any', 'struct_time'],
  ['_io', 'any', 'BytesIO StringIO'],
  ['io', 'any', 'BytesIO StringIO'],
  ['itertools', 'any', 'count cycle repeat chain'],
  ['random', 'any', 'Random'],
  ['numpy', 'any', 'dtype matrix'],
  ['numpy', 'without-buffer', 'ndarray'],
  ['numpy.core.multiarray', 'class-first', '_reconstruct'],
  ['numpy.core.multiarray', 'any', 'scalar'],
  ['numpy.core.numeric', 'any', '_frombuffer'],
  ['numpy.core._internal', 'any', '_convert_to_stringdtype_kwargs'],
  ['numpy.core', 'ufunc', '_ufunc_reconstruct'],
  ['numpy.ma.core', 'class-first', '_mareconstruct'],
  ['numpy.random._pickle', 'random-state', '__randomstate_ctor __bit_generator_ctor __generator_ctor'],
  ['numpy.random', 'random-state', '__RandomState_ctor'],
  ['numpy.polynomial.polynomial', 'any', 'Polynomial'],
  ['pytz', 'any', '_UTC _p'],
  ['pandas.core.indexes.base', 'class-first', '_new_Index'],
  ['pandas.core.indexes.datetimes', 'class-first', '_new_DatetimeIndex'],
  ['pandas.core.indexes.period', 'class-first', '_new_PeriodIndex'],
  ['pandas.core.internals.managers', 'any', 'BlockManager SingleBlockManager'],
  ['pandas.core.arrays.sparse.dtype', 'any', 'SparseDtype'],
  ['pandas._libs.internals', 'any', '_unpickle_block'],
  ['pandas._libs.tslibs.timestamps', 'any', '_unpickle_timestamp Timestamp'],
  ['pandas._libs.tslibs.timedeltas', 'any', '_timedelta_unpickle Timedelta'],
  ['pandas._libs.tslibs.period', 'any', '_unpickle_period Period'],
  ['pandas._libs.tslibs.nattype', 'any', '_nat_unpickle __nat_unpickle'],
  [
    'pandas._libs.tslibs.offsets',
    'any',
    `_Tick __pyx_unpickle_Tick Day Hour Minute Second Milli Micro Nano BusinessDay BDay BusinessHour CustomBusinessDay
     CustomBusinessHour MonthEnd MonthBegin BusinessMonthEnd BusinessMonthBegin CustomBusinessMonthEnd
     CustomBusinessMonthBegin SemiMonthEnd SemiMonthBegin QuarterEnd QuarterBegin BQuarterEnd BQuarterBegin YearEnd
     YearBegin BYearEnd BYearBegin Week WeekOfMonth LastWeekOfMonth FY5253 FY5253Quarter Easter DateOffset`,
  ],
  ['pandas._libs.sparse', 'any', 'IntIndex BlockIndex'],
  ['pandas._libs.interval', 'any', 'Interval'],
  ['pandas._libs.missing', 'any', 'NAType NA _unpickle_na'],
  ['pandas.core.dtypes.dtypes', 'any', 'CategoricalDtype DatetimeTZDtype PeriodDtype IntervalDtype'],
  ['pandas._libs.arrays', 'class-first', '__pyx_unpickle_NDArrayBacked'],
  ['sklearn.tree._tree', 'any', 'Tree'],
  [
    'sklearn.linear_model._sgd_fast',
    'any',
    `Hinge SquaredHinge Log SquaredLoss Huber EpsilonInsensitive SquaredEpsilonInsensitive ModifiedHuber
     CyHalfBinomialLoss`,
  ],
  ['builtins', 'attribute', 'getattr'],
  ['sklearn.neighbors._kd_tree', 'class-first', 'newObj'],
  ['sklearn.neighbors._ball_tree', 'class-first', 'newObj'],
  ['sklearn.metrics._dist_metrics', 'class-first', 'newObj'],
  ['scipy.interpolate._cubic', 'any', 'CubicSpline'],
  [
    'torch._utils',
    'any',
    `_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state
     _rebuild_qtensor _rebuild_sparse_tensor _rebuild_sparse_csr_tensor _rebuild_nested_tensor _rebuild_device_tensor_from_numpy
     _rebuild_device_tensor_from_cpu_tensor _rebuild_meta_tensor_no_storage _rebuild_xla_tensor _rebuild_mlc_tensor`,
  ],
  ['torch._utils', 'class-first', '_rebuild_wrapper_subclass'],
  ['torch._tensor', 'function-first', '_rebuild_from_type _rebuild_from_type_v2'],
  ['torch', 'any', 'Size device Generator'],
  ['torch.serialization', 'any', '_get_layout'],
  ['torch.storage', 'nested', '_load_from_bytes'],
];

export const ALLOWED_CALLS: ReadonlyMap<string, ArgumentShape> = new Map(
  TABLE.flatMap(([moduleName, shape, names]) => words(names).map((name) => [`${moduleName}.${name}`, shape] as const)),
);

/** Allowed with certain arguments only; with all others the name is as dangerous as the list of denied names says. */
export const isGuardedShape = (shape: ArgumentShape | undefined): boolean =>
  shape === 'attribute' || shape === 'annotation' || shape === 'type-of' || shape === 'iterator';

const STRICT_SHAPES = new Set<ArgumentShape>(['function-first', 'ufunc', 'random-state', 'alias', 'without-buffer']);

/** With other arguments it calls, imports or reads what they say. */
export const isStrictShape = (shape: ArgumentShape | undefined): boolean =>
  shape !== undefined && STRICT_SHAPES.has(shape);

/** Libraries whose classes may be instantiated without a remark. */
export const KNOWN_LIBRARIES: ReadonlySet<string> = new Set(
  words(`numpy scipy sklearn pandas joblib torch torchvision torchaudio transformers tokenizers keras tensorflow xgboost
    lightgbm catboost statsmodels datetime collections decimal fractions uuid pathlib builtins copyreg array re enum
    types functools itertools _io io zoneinfo pytz dateutil ipaddress typing weakref random argparse logging json
    _random _codecs codecs time timm diffusers ultralytics spacy thinc gensim nltk jax flax networkx imblearn
    skimage PIL onnx safetensors accelerate peft datasets pyarrow polars h5py category_encoders pyod`),
);

/** Codecs that only turn text into bytes; the names of others are imported as modules. */
export const PLAIN_CODECS: ReadonlySet<string> = new Set(words('latin1 latin-1 latin_1 iso-8859-1 utf8 utf-8 ascii'));
