import { describe, expect, test } from 'vitest';
import { scanBytes, summary } from '../fixtures/scan';
import { findPythonCalls } from './python-source';

const namesAtImport = (source: string): string[] =>
  findPythonCalls(source)
    .filter(({ isAtImport }) => isAtImport)
    .map(({ name }) => name);

describe('a call at import is found however it is spelled', () => {
  test.each([
    ['from os import (\n    system,\n)\nsystem("id")', 'os.system'],
    ['from os import ( # a, b\n    path, # c\n    system as s\n)\ns("id")', 'os.system'],
    ['import json; import subprocess as sp\nsp.run("id")', 'subprocess.run'],
    ['from os import \\\n  system\nsystem("id")', 'os.system'],
    ['import \\\n os as o\no.system("id")', 'os.system'],
    ['from os import*\nsystem("id")', 'os.system'],
    ['if True: import os; os.system("id")', 'os.system'],
    ['import posix\nposix.system("id")', 'os.system'],
    ['import shutil\nshutil.os.system("id")', 'os.system'],
    ['from shutil import os as o\no.system("id")', 'os.system'],
    ['import os as a\nb = a\nc = d = b.system\nd("id")', 'os.system'],
    ['from os import system as s\ns("id")\nfrom math import sqrt as s', 'os.system'],
    ['import os\n(s := os.system)("id")', 'os.system'],
    ['import os\n(os.system if 1 else print)("id")', 'os.system'],
    ['__import__("os").system("id")', 'os.system'],
    ['__import__("o" "s").system("id")', 'os.system'],
    ['__import__("o" + "s").system("id")', 'os.system'],
    ['__import__("\\x6fs").system("id")', 'os.system'],
    ['import importlib\nimportlib.import_module("os").system("id")', 'os.system'],
    ['from importlib import import_module as i\nm = i("subprocess")\nm.run("id")', 'subprocess.run'],
    ['import os\ngetattr(os, "sys" + "tem")("id")', 'os.system'],
    ['import os\ngetattr(os, name)("id")', 'os.*'],
    ['import os\nos.__dict__["system"]("id")', 'os.system'],
    ['import os\nvars(os)["system"]("id")', 'os.system'],
    ['import sys\nsys.modules["os"].system("id")', 'os.system'],
    ['import os\nglobals()["os"].system("id")', 'os.system'],
    ['__builtins__["exec"]("1")', 'builtins.exec'],
    ['import builtins as b\nb.exec("1")', 'builtins.exec'],
    ['e = exec\ne("1")', 'builtins.exec'],
    ['exec(bytes([112]).decode())', 'builtins.exec'],
    ['import ｏｓ\nｏｓ.ｓｙｓｔｅｍ("id")', 'os.system'],
    ['import os\nlist(map(os.system, ["id"]))', 'os.system'],
    ['import os\nfor f in [os.system]: f("id")', 'os.system'],
    ['from subprocess import Popen\nstart = dict(run=Popen)', 'subprocess.Popen'],
    ['import os\nclass A: run = os.system', 'os.system'],
    ['import os, functools\nfunctools.partial(os.system, "id")()', 'os.system'],
    ['import os\n@os.system\nclass A: pass', 'os.system'],
    ['import os\nx = f"{os.system(1)}"', 'os.system'],
    ['# comment\rimport os\ros.system("id")', 'os.system'],
    ['import os\ndef f():\n    g()\ndef g():\n    os.system("id")\nf()', 'os.system'],
    ['import os\nclass A:\n    def __init__(self):\n        os.system("id")\nA()', 'os.system'],
    ['import os\n(lambda: os.system("id"))()', 'os.system'],
    ['import os\ndef f():\n    os.system("a")\nos.system("b")', 'os.system'],
    ['__name__ = "__main__"\nimport os\nif __name__ == "__main__":\n    os.system("id")', 'os.system'],
    ['import os\nif __name__ == "__main__":\n    pass\nelse:\n    os.system("id")', 'os.system'],
  ])('%j', (source, expected) => {
    expect(namesAtImport(source)).toContain(expected);
  });

  test('behind any number of harmless calls', () => {
    const calls = Array.from({ length: 500 }, (_, index) => `def f${index}():\n    eval("1")\n`).join('');
    expect(namesAtImport(`${calls}import os\nos.system("id")\n`)).toEqual(['os.system']);
  });
});

test.each([
  'import os\ndef f():\n    os.system("id")',
  'import os\nif __name__ == "__main__":\n    os.system("id")',
  'import os\nclass A:\n    def forward(self):\n        os.system("id")\nA()',
])('what does not run at import is told as such: %j', (source) => {
  expect(findPythonCalls(source)).toMatchObject([{ name: 'os.system', isAtImport: false }]);
});

test.each([
  'code = text\ncode.split()\n',
  'import torch\nmodel.eval()\nself.compile()\ntorch.compile(model)\n',
  'import os\nos.path.join("a", os.environ["b"])\nos.makedirs("x")\n',
  'import subprocess\ntry:\n    pass\nexcept subprocess.CalledProcessError:\n    pass\n',
  'def run(requests):\n    return requests.get("x")\n',
  'import torch\ngetattr(torch, name)(1)\n',
  'from .configuration_x import XConfig\nconfig = XConfig(eval=True, exec="a")\n',
  '"""import os\nos.system("id")"""\n# os.system("id")\n',
])('ordinary code is not blamed: %j', (source) => {
  expect(findPythonCalls(source)).toEqual([]);
});

test('an encoding that hides the code is HIGH, an ordinary one silent', async () => {
  const scan = async (text: string): Promise<string[]> =>
    summary(await scanBytes('m/modeling_x.py', Buffer.from(text)));
  expect(await scan('# coding: utf-7\n+AGk-mport os\n')).toEqual(['PYC-001 HIGH']);
  expect(await scan('#!/usr/bin/python\n# -*- coding: unicode_escape -*-\n')).toEqual(['PYC-001 HIGH']);
  expect(await scan('# -*- coding: utf-8 -*-\n# vim: set fileencoding=latin-1 :\n')).toEqual([]);
});

test('code longer than a syntax tree is made for leaves the scan incomplete', async () => {
  const result = await scanBytes('m/modeling_x.py', Buffer.from('#'.repeat(5 << 20)));
  expect(summary(result)).toEqual(['SYS-001 MEDIUM']);
  expect(result.isIncomplete).toBe(true);
});
