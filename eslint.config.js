import js from "@eslint/js";
import stylistic from "@stylistic/eslint-plugin";
import globals from "globals";

// Every rule that eslint has, but these.
const EXCEPT = {
  "capitalized-comments": "off", // a comment beside a line goes on from it
  curly: ["error", "multi-line", "consistent"], // a guard fits on its line
  "id-length": ["error", { exceptions: ["a", "b", "c", "i", "k", "s", "x", "y", "z", "_"] }], // geometry's own names
  "max-params": ["error", { max: 5 }], // a picture, what is drawn on it, and how
  "max-statements": ["error", { max: 15 }], // a pen is told each thing by a line of its own
  "no-bitwise": "off", // the server packs several values to a byte
  "no-inline-comments": "off", // types of JSDoc stand within expressions
  "no-magic-numbers": "off", // pixels, angles and opacities say most where they are drawn
  "no-ternary": "off", // one of two values; nested ones stay forbidden
  "no-undefined": "off", // what is absent is compared with it, and no-shadow keeps it what it is
  "no-use-before-define": ["error", { functions: false, variables: false }], // what is important stands first
  "one-var": ["error", "never"],
  "sort-imports": ["error", { ignoreDeclarationSort: true, ignoreCase: false }], // by file, not by the first name taken
  "sort-keys": "off", // x before y, from before to
};

// The formatter's rules, but these.
const LAYOUT = {
  "@stylistic/list-style": "off", // a point's numbers stand beside each other
  "@stylistic/max-len": ["error", { code: 120, ignoreUrls: true }],
  "@stylistic/multiline-ternary": "off",
  "@stylistic/quote-props": ["error", "as-needed"],
};

// What stands in for a browser does less than one, and answers at once.
const FAKES = {
  "class-methods-use-this": "off",
  "max-classes-per-file": "off",
  "no-empty-function": "off",
  "require-await": "off",
};

export default [
  { ignores: [".venv/", "screenshots/"] },
  js.configs.all,
  stylistic.configs.customize({ quotes: "double", semi: true, braceStyle: "1tbs", arrowParens: true }),
  {
    linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" },
    rules: { ...EXCEPT, ...LAYOUT },
  },
  { files: ["assets/components/**"], languageOptions: { globals: globals.browser } },
  { files: ["tests/js/**", "eslint.config.js"], languageOptions: { globals: globals.node } },
  { files: ["tests/js/**"], rules: FAKES },
];
