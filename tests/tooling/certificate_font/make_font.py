#!/usr/bin/env python3
"""Makes the font files certificates are drawn with, from two pinned Debian packages.

    apt-get download fonts-noto-cjk=1:20220127+repack1-1 unicode-data=15.0.0-1
    dpkg -x fonts-noto-cjk_*.deb noto && dpkg -x unicode-data_*.deb unicode
    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_font.py noto unicode PORTAL_FONT.otf FIXTURE_FONT.otf

PORTAL_FONT is Noto Serif CJK SC Regular cut down to what a certificate may hold: every sign of
GB/T 2312 outside kana, bopomofo and Cyrillic, every character of the national table of standard
characters (kTGH of Unihan, 8105 characters: what a civil register may enter today), ASCII and a
few signs more. FIXTURE_FONT is the same font with the signs of the sample certificate only.

The output depends on the inputs and on the pinned fontTools alone: head.modified is left as the
source has it and tables are written in a fixed order.
"""

import bz2
import glob
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

FACE = "Noto Serif CJK SC"
EXTRA = "·—–…“”‘’×÷±°′″℃㎡³²§〇○●□■△☆★→←↑↓①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ¥￥€№、。〈〉《》「」『』【】〔〕"

# Everything the sample certificate of core/certificate draws, and nothing that its test for a
# missing character needs to be missing (龘).
FIXTURE_TEXT = (
    "营业执照副本电子加注件样例虚构主体无法律效力统一社会信用代码名称类型有限责任公司自然人投资或控股"
    "法定代表人注册资本成立日期住所经营范围登记机关核发照有效状态截至证标识编号长第号年月日页"
    "北疆云杉科技哈尔滨（）黑龙江省市道里区街示林知远万元整叁佰一二三四五六七八九十零"
    "软件开发；技术服务、咨询转让推广；互联网数据计算机系统集设备销售。"
    "依须经批准的项目，相关部门后方可开展活动凭营业执照自主仅限投标使用本人查看手机已暂停撤回注销"
    "失迁出吊其他变更前持有者公民身份码证件姓国办理政务平台向在任何途不得此仅供演示：·—“”《》〔〕×至加注用途申请期"
)


def standard_characters(unicode_folder):
    """The 8105 characters Unihan marks with kTGH."""
    found = set()
    for path in sorted(glob.glob(f"{unicode_folder}/usr/share/unicode/Unihan_*.txt.bz2")):
        for line in bz2.open(path, "rt", encoding="utf-8"):
            part = line.split("\t")
            if len(part) == 3 and part[1] == "kTGH":
                found.add(int(part[0][2:], 16))
    if len(found) < 8000:
        raise SystemExit(f"only {len(found)} standard characters found: wrong unicode-data package")
    return found


def gb2312():
    """Every character of GB/T 2312 but kana, Cyrillic, bopomofo and box drawing (rows 4, 5, 7, 8, 9)."""
    found = set()
    for row in range(0xA1, 0xF8):
        if row in (0xA4, 0xA5, 0xA7, 0xA8, 0xA9):
            continue
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return found


def source(noto_folder):
    path = f"{noto_folder}/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
    for font in TTCollection(path).fonts:
        if font["name"].getDebugName(4) == FACE:
            return font
    raise SystemExit(f"{FACE} is not in {path}")


def cut(noto_folder, characters, out):
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    options.recalc_timestamp = False
    font = source(noto_folder)
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    missing = sorted(set(characters) - set(font.getBestCmap()))
    font.save(out, reorderTables=False)
    print(f"{out}: {len(font.getBestCmap())} characters; not in the source: "
          + (" ".join(f"U+{c:04X}" for c in missing) or "none"))


def main():
    noto, unicode_folder, portal, fixture = sys.argv[1:5]
    ascii_signs = set(range(0x20, 0x7F))
    cut(noto, ascii_signs | set(map(ord, FIXTURE_TEXT)), fixture)
    cut(noto, ascii_signs | gb2312() | standard_characters(unicode_folder) | set(map(ord, EXTRA)), portal)


if __name__ == "__main__":
    main()
