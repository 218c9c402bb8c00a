"""Texts that have broken somebody's software, written down by class (security.md 7)."""

BIDI = ["\u202etxt.exe", "abc\u2066\u05d0\u2069def", "\u200fمرحبا", "a\u061cb"]
UNSEEN = [
    "zero\u200bwidth",
    "\ufeffmark",
    "soft\u00adhyphen",
    "word\u2060joiner",
    "\u180e",
    "\u3164",
]
RARE = ["𥖄", "㐂", "𪚥", "𠮷野家", "䶮", "〇", "买买提·吐尔逊", "古丽巴哈尔·阿卜杜热依木"]
EMOJI = ["👩‍👩‍👧‍👦", "🇨🇳", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "☃️", "1️⃣"]
COMBINING = ["Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "é", "e\u0301", "ﬃ", "Å", "가"]
MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    '<a href="jav&#x0A;ascript:alert(1)">x</a>',
    "<div hx-get=/session hx-trigger=load>",
    "<form action=https://evil.example><input name=csrf>",
    "&lt;b&gt; &amp; &#60;",
    "]]>",
    "<!-- -->",
]
TEMPLATES = [
    "{{ 7*7 }}",
    "{% raw %}",
    "${7*7}",
    "<%= 7*7 %>",
    "{{ view.csrf }}",
    "%(over)d",
    "%s%n",
]
SQL = ["'; drop table case_file; --", "1' or '1'='1", "\\'; select 1", "$1", "E'\\x00'", "admin'--"]
SHELL = [
    "$(reboot)",
    "`id`",
    "; ls",
    "| cat /etc/passwd",
    "../../etc/passwd",
    "%2e%2e%2f",
    "file:///",
]
HEADERS = ["a\r\nSet-Cookie: x=1", "a\nBcc: b@example.com", "a\u2028b", "a\u2029b"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", '=HYPERLINK("x")']
NUMBERS = ["-0", "1e309", "NaN", "Infinity", "0x10", "１２３", "一千", "1,00,000", "௧", "²", "Ⅷ"]
WORDS = [
    "undefined",
    "null",
    "None",
    "true",
    "[object Object]",
    "nil",
    "\\",
    '"',
    "'",
    "…",
    "—",
    " ",
]

TEXTS = [
    *BIDI, *UNSEEN, *RARE, *EMOJI, *COMBINING, *MARKUP, *TEMPLATES, *SQL, *SHELL, *HEADERS,
    *FORMULAS, *NUMBERS, *WORDS,
]  # fmt: skip
UNSTORABLE = ["a\x00b", "\x1b[31m", "\x7f", "\u0085", "a\x08b", "\ufffe", "\uffff"]
