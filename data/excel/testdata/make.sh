#!/bin/sh
# Makes the fixtures that a real office program writes, from the flat sheet roster.fods (LibreOffice, soffice on the path).
cd "$(dirname "$0")" || exit 1
profile=$(mktemp -d)
for format in "xlsx:Calc MS Excel 2007 XML" "xls:MS Excel 97" "ods:calc8"; do
	soffice -env:UserInstallation="file://$profile" --headless --convert-to "$format" --outdir "$profile" roster.fods >/dev/null
	extension=${format%%:*}
	mv "$profile/roster.$extension" "libreoffice.$extension"
done
rm -r "$profile"
