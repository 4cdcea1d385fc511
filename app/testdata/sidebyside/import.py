"""Imports a roster with openpyxl and sqlite3: reads, checks, finds duplicates, encrypts, stores. Usage: import.py ROSTER DATABASE

The checks are the program's for a sheet that is in order: the identity number cleaned, its digits, check character, province and
date, sex and birth derived and compared, the mobile cleaned and judged, duplicates within the file. Spelling names is left out.
"""
import datetime
import hmac
import json
import os
import re
import resource
import sqlite3
import sys
import time

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
import openpyxl

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODES = "10X98765432"
PROVINCES = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}
INVISIBLE = {ord(c): None for c in "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff\u00a0\u3000 \t\r\n'‘’`"}
INVISIBLE.update({0xFF10 + n: str(n) for n in range(10)})
INVISIBLE.update({0xFF38: "X", 0xFF58: "X"})
MOBILE = re.compile(r"1[3-9]\d{9}")
RESIDENT = re.compile(r"\d{17}[\dX]")
NAME = re.compile(r"[0-9#@]|合计")
HEADERS = ["姓名", "证件类型", "身份证号", "性别", "手机号", "组织机构", "人员类别", "职称名称", "职称级别", "学历", "工号", "备注"]


class Refused(Exception):
    pass


def identity(text, today):
    number = str(text or "").translate(INVISIBLE).upper()
    if not RESIDENT.fullmatch(number):
        raise Refused("身份证号格式不对")
    if int(number[:2]) not in PROVINCES:
        raise Refused("身份证号省份不对")
    if CODES[sum(int(d) * w for d, w in zip(number, WEIGHTS)) % 11] != number[17]:
        raise Refused("身份证号校验码不对")
    try:
        birth = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Refused("身份证号日期不对")
    if birth > today:
        raise Refused("身份证号日期在将来")
    return number, birth, "男" if int(number[16]) % 2 else "女"


def mobile(text):
    number = str(text or "").translate(INVISIBLE).replace("-", "").removeprefix("+86")
    if number.endswith(".0"):
        number = number[:-2]
    if number and not MOBILE.fullmatch(number):
        raise Refused("手机号不对")
    return number


def main(roster, database):
    begun = time.perf_counter()
    today = datetime.date.today()
    aead, key = AESGCM(os.urandom(32)), os.urandom(32)
    organizations = {"骨科": 2, "": 1}
    sheet = openpyxl.load_workbook(roster, read_only=True).worksheets[0]
    sheet.reset_dimensions()  # streamed workbooks do not know theirs
    rows = sheet.iter_rows(values_only=True)
    places = {header: place for place, header in enumerate(next(rows))}
    at = [places[header] for header in HEADERS]
    people, problems, seen, mobiles, persons = [], [], {}, {}, {}
    for line, cells in enumerate(rows, 2):
        values = [cells[place] for place in at]
        try:
            name = str(values[0] or "").translate(INVISIBLE)
            if not name or len(name) > 50 or NAME.search(name):
                raise Refused("姓名不对")
            number, birth, sex = identity(values[2], today)
            if values[3] and values[3] != sex:
                problems.append((line, "性别与身份证号不一致"))
            if not 16 <= today.year - birth.year <= 75:
                problems.append((line, "年龄"))
            if number in seen:
                raise Refused("与第 %d 行身份证号相同" % seen[number])
            seen[number] = line
            phone = mobile(values[4])
            if mobiles.setdefault(phone, line) != line and phone:
                problems.append((line, "手机号重复"))
            if persons.setdefault((name, birth), number) != number:
                problems.append((line, "同名同生日"))
            organization = organizations.get(str(values[5] or "").strip())
            if organization is None:
                raise Refused("没有这个机构")
            people.append((name, number, sex, birth.isoformat(), phone, organization, values))
        except Refused as refused:
            problems.append((line, str(refused)))
    judged = time.perf_counter()
    now = datetime.datetime.now().isoformat(sep=" ", timespec="seconds")

    def seal(value, row, column):
        if not value:
            return None
        nonce = os.urandom(12)
        return nonce + aead.encrypt(nonce, str(value).encode(), ("trainee/%d/%s" % (row, column)).encode())

    def stored():
        for row, (name, number, sex, birth, phone, organization, values) in enumerate(people, 1):
            yield (row, None, name, values[1], seal(number, row, "id_number"), hmac.digest(key, b"id_number\0" + number.encode(), "sha256")[:16], sex,
                   seal(birth, row, "birth"), seal(phone, row, "mobile"), organization, values[6] or "", values[7] or "", values[8] or "", values[9] or "",
                   str(values[10] or ""), seal(values[11], row, "remark"), "启用", now)

    db = sqlite3.connect(database, isolation_level=None)
    db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
    db.executescript(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "schema.sql"), encoding="utf-8").read())
    db.execute("BEGIN IMMEDIATE")
    db.executemany("INSERT INTO trainee VALUES (" + ",".join("?" * 18) + ")", stored())
    db.execute("COMMIT")
    done = time.perf_counter()
    print(json.dumps({"rows": len(people), "plan": judged - begun, "commit": done - judged, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


main(sys.argv[1], sys.argv[2])
