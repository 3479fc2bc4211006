/** Names that must not be reached from a pickle, by what they can do. The first rule that matches decides. */
export interface Denial {
  ruleId: 'PKL-001' | 'PKL-002' | 'PKL-003' | 'PKL-004';
  /** Whole modules, with everything below them. */
  modules: readonly string[];
  /** Exact names as `module.name`. */
  names: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const inModule = (moduleName: string, names: string): string[] => words(names).map((name) => `${moduleName}.${name}`);

/** Classes that open, write or remove files when they are made or go away; libraries hand them on under many modules. */
export const DENIED_CLASSES: ReadonlySet<string> = new Set(
  words(`DataSource Repository memmap NpzFile netcdf_file NetCDFFile ExcelFile ExcelWriter HDFStore Popen ThreadPool
    TemporaryDirectory NamedTemporaryFile SpooledTemporaryFile FileHandler MemmappingPool TemporaryResourcesManager`),
);

export const DENIALS: readonly Denial[] = [
  {
    ruleId: 'PKL-001',
    modules: words(`code codeop runpy pdb bdb timeit cProfile profile trace doctest ctypes _ctypes cffi _cffi_backend
      distutils setuptools pip ensurepip venv idlelib lib2to3 cloudpickle dill _testcapi _testinternalcapi
      _xxsubinterpreters _interpreters concurrent.interpreters llvmlite numba.core.serialize IPython py_compile
      compileall unittest.mock torch.utils.cpp_extension torch._inductor torch._dynamo torch.fx._symbolic_trace
      numpy.f2py numpy.distutils numpy.testing scipy.special._precompute sympy scipy.weave cython pyximport jinja2 mako tornado.template tensorflow.python.util`),
    names: [
      ...inModule('builtins', 'eval exec compile execfile breakpoint __build_class__ input raw_input type'),
      ...inModule('types', 'CodeType FunctionType LambdaType new_class'),
      ...inModule('new', 'function code instancemethod'),
      ...inModule('torch.fx.graph_module', 'reduce_graph_module reduce_package_graph_module _forward_from_src'),
      ...inModule('torch.package', 'PackageImporter'),
      ...inModule('torch.jit.annotations', 'parse_type_line get_signature try_real_annotations'),
      ...inModule('pandas.core.computation.eval', 'eval'),
      ...inModule('pandas', 'eval'),
      ...inModule('typing', 'get_type_hints ForwardRef'),
      ...inModule('annotationlib', 'ForwardRef'),
      ...inModule('dataclasses', '_create_fn make_dataclass'),
      ...inModule('collections', 'namedtuple'),
      ...inModule('logging.config', 'fileConfig dictConfig listen'),
      ...inModule('test.support.script_helper', 'assert_python_ok'),
      'sklearn.utils._testing.check_skip_network',
    ],
  },
  {
    ruleId: 'PKL-002',
    modules:
      words(`os posix nt subprocess _posixsubprocess _winapi pty popen2 commands shutil socket _socket socketserver
      SocketServer ssl _ssl urllib urllib2 http httplib ftplib smtplib smtpd poplib imaplib telnetlib nntplib xmlrpc
      xmlrpclib asyncio _asyncio asyncore asynchat multiprocessing _multiprocessing signal _signal faulthandler webbrowser
      antigravity tempfile zipfile tarfile fileinput linecache sqlite3 _sqlite3 dbm platform sys select selectors
      _osx_support _aix_support _pyrepl pyrepl msvcrt winreg _winreg resource fcntl mmap syslog readline rlcompleter
      cgi cgitb wsgiref pydoc_data curses tkinter turtle requests aiohttp httpx urllib3 paramiko fabric invoke psutil
      pexpect ptyprocess sh plumbum twisted tornado zmq websockets boto3 botocore s3fs fsspec git
      torch.hub torch.distributed torch.multiprocessing torch.utils.data.datapipes tensorflow.io tensorflow.python.lib.io
      huggingface_hub mlflow ray dask distributed scipy.io pandas.io.common pandas.io.excel pandas.io.parsers pandas.io.pytables
      pandas.io.sql pandas.io.html pandas.io.stata pandas.io.parquet pandas.io.feather_format pandas.io.clipboard`),
    names: [
      ...inModule('builtins', 'open file'),
      ...inModule('_pyio', 'open FileIO open_code'),
      ...inModule('io', 'open FileIO open_code'),
      ...inModule('_io', 'open FileIO open_code'),
      ...inModule('codecs', 'open EncodedFile'),
      ...['Path', 'PosixPath', 'WindowsPath'].flatMap((name) =>
        inModule(
          `pathlib.${name}`,
          `unlink rmdir mkdir touch rename replace chmod lchmod symlink_to hardlink_to link_to write_text write_bytes
          read_text read_bytes open`,
        ),
      ),
      ...inModule('argparse', 'FileType'),
      ...inModule('joblib', 'dump Memory'),
      ...inModule('joblib.numpy_pickle', 'dump'),
      ...inModule('pandas', 'to_pickle'),
      ...inModule('pandas.io.pickle', 'to_pickle'),
      ...inModule('torch', 'save'),
      ...inModule('torch.serialization', 'save'),
      ...inModule('numpy.ctypeslib', 'load_library'),
      ...inModule('numpy.ndarray', 'tofile dump'),
      ...inModule('uuid', '_get_command_stdout _popen _ifconfig_getnode _ip_getnode _arp_getnode getnode uuid1'),
      ...inModule('bz2', 'open BZ2File'),
      ...inModule('gzip', 'open GzipFile'),
      ...inModule('lzma', 'open LZMAFile'),
      ...inModule('logging', 'FileHandler basicConfig'),
      ...inModule(
        'logging.handlers',
        `SocketHandler DatagramHandler HTTPHandler SMTPHandler SysLogHandler RotatingFileHandler
        TimedRotatingFileHandler BaseRotatingHandler WatchedFileHandler`,
      ),
      ...inModule('numpy', 'fromfile savetxt loadtxt genfromtxt save savez savez_compressed'),
      ...inModule('numpy.lib.npyio', 'loadtxt genfromtxt fromregex save savez savez_compressed savetxt'),
      ...inModule('numpy.testing._private.extbuild', 'build_and_import_extension'),
      ...inModule('threading', 'Thread Timer'),
      ...inModule('_thread', 'start_new_thread interrupt_main'),
      ...inModule('ctypes.util', 'find_library'),
      ...inModule('sklearn.datasets', 'fetch_openml load_files load_svmlight_file dump_svmlight_file'),
    ],
  },
  {
    ruleId: 'PKL-003',
    modules: words(`importlib imp _imp zipimport pkgutil pydoc _frozen_importlib _frozen_importlib_external inspect gc
      site sitecustomize usercustomize modulefinder rlcompleter operator _operator ast symtable dis
      atexit sched contextlib`),
    names: [
      ...inModule(
        'builtins',
        '__import__ getattr setattr delattr globals locals vars apply __loader__ __spec__ __dict__ map filter iter super property',
      ),
      ...inModule('itertools', 'starmap accumulate groupby filterfalse takewhile dropwhile imap ifilter'),
      ...inModule(
        'functools',
        'reduce partialmethod singledispatch singledispatchmethod cached_property cmp_to_key lru_cache _lru_cache_wrapper',
      ),
      ...inModule('_functools', 'reduce'),
      ...inModule('types', 'ModuleType MethodType DynamicClassAttribute'),
      ...inModule('copyreg', 'add_extension pickle constructor __reduce_ex__'),
      ...inModule('weakref', 'finalize'),
      ...inModule('unittest.util', 'safe_repr'),
      ...inModule('jsonpickle.unpickler', 'loadclass'),
      ...inModule('torch._utils_internal', 'resolve_library_path'),
      ...inModule('django.utils.module_loading', 'import_string'),
      ...inModule('string', 'Formatter'),
    ],
  },
  {
    ruleId: 'PKL-004',
    modules: words('pickle _pickle cPickle pickletools marshal shelve jsonpickle yaml ruamel plistlib'),
    names: [
      ...inModule('joblib', 'load'),
      ...inModule('joblib.numpy_pickle', 'load load_compatibility _unpickle'),
      ...inModule('sklearn.externals.joblib', 'load'),
      ...inModule('pandas', 'read_pickle read_hdf'),
      ...inModule('pandas.io.pickle', 'read_pickle'),
      ...inModule('pandas.compat.pickle_compat', 'load loads'),
      ...inModule('numpy', 'load'),
      ...inModule('numpy.lib.npyio', 'load'),
      ...inModule('numpy.lib.format', 'read_array open_memmap'),
      ...inModule('torch', 'load'),
      ...inModule('torch.serialization', 'load _load _legacy_load'),
      ...inModule('torch.jit', 'load'),
      ...inModule('torch.jit._serialization', 'load'),
      ...inModule('keras.models', 'load_model'),
      ...inModule('keras.saving', 'load_model deserialize_keras_object'),
      ...inModule('tensorflow.keras.models', 'load_model'),
    ],
  },
];
