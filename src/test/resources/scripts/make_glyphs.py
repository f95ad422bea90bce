#!/usr/bin/python3
"""Draws the glyph sheets of org.bcdi.picture.Lettering from DejaVu Sans (Bitstream Vera licence, free to embed).

Usage: /usr/bin/python3 make_glyphs.py FONT_DIRECTORY OUT_DIRECTORY. Each sheet is one row of glyphs as coverage (8 bit
grey), each with PAD empty columns on either side, into which a letter such as j may reach; the text file beside it holds
the characters on its first line and their widths, without padding, on the second.
"""
import sys

from PIL import Image, ImageDraw, ImageFont

CHARACTERS = "".join(chr(c) for c in range(32, 127)) + "\u03c0\u00b7\u00d7\u2212\u2192\u221a\u00b2\u00b3\u00b0\u03c3\u03bc\u00b1"

PAD = 3


def draw(font_file, size, out):
    font = ImageFont.truetype(font_file, size)
    ascent, descent = font.getmetrics()
    widths = [round(font.getlength(c)) for c in CHARACTERS]
    sheet = Image.new("L", (sum(widths) + 2 * PAD * len(widths), ascent + descent), 0)
    pen = ImageDraw.Draw(sheet)
    x = 0
    for character, width in zip(CHARACTERS, widths):
        pen.text((x + PAD, 0), character, fill=255, font=font)
        x += width + 2 * PAD
    sheet.save(out + ".png", optimize=True)
    with open(out + ".txt", "w", encoding="utf-8") as table:
        table.write(CHARACTERS + "\n" + " ".join(map(str, widths)) + "\n")


fonts, target = sys.argv[1:]
draw(fonts + "/DejaVuSans.ttf", 14, target + "/small")
draw(fonts + "/DejaVuSans-Bold.ttf", 16, target + "/bold")
draw(fonts + "/DejaVuSans-Bold.ttf", 24, target + "/large")
