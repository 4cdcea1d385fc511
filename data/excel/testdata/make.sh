#!/bin/sh
# Makes the fixtures that a real office program writes, from the flat sheets beside it (LibreOffice, soffice on the path).
cd "$(dirname "$0")" || exit 1
profile=$(mktemp -d)
convert() { # source, target, filters
	soffice -env:UserInstallation="file://$profile" --headless $4 --convert-to "$3" --outdir "$profile" "$1" >/dev/null
	mv "$profile/$(basename "${1%.*}").${3%%:*}" "$2"
}
for format in "xlsx:Calc MS Excel 2007 XML" "xls:MS Excel 97" "ods:calc8"; do
	convert roster.fods "libreoffice.${format%%:*}" "$format"
	[ "${format%%:*}" = ods ] || convert awkward.fods "awkward.${format%%:*}" "$format"
done
# Ten thousand people, whose texts fill dozens of CONTINUE records.
awk 'BEGIN { print "姓名,身份证号,手机号,组织机构,备注"; for (i = 0; i < 10000; i++)
	printf "张晓%d,11010119%010d,%d,信息中心>运维%d科,%s\n", i, i, 13800000000 + i, i % 40, i % 3 ? "" : "说明" i % 97 }' >"$profile/ten.csv"
convert "$profile/ten.csv" "$profile/many.xls" "xls:MS Excel 97" "--infilter=CSV:44,34,76,1,2/2/3/1"
gzip -9nc "$profile/many.xls" >many.xls.gz
rm -r "$profile"
