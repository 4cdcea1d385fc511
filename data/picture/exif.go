package picture

import (
	"bytes"
	"encoding/binary"
)

// exifOf gives the EXIF block of a picture, which is built like a TIFF; nil where there is none.
func exifOf(content []byte, format string) []byte {
	switch format {
	case "jpeg":
		return exifOfJPEG(content)
	case "png":
		return exifOfPNG(content)
	case "webp":
		return exifOfWebP(content)
	case "tiff":
		return content
	}
	return nil
}

var exifMark = []byte("Exif\x00\x00")

// exifOfJPEG looks in the segments before the picture's data (Exif 2.3).
func exifOfJPEG(content []byte) []byte {
	for at := 2; at+4 <= len(content) && content[at] == 0xFF; {
		marker, length := content[at+1], int(binary.BigEndian.Uint16(content[at+2:]))
		if marker == 0xFF { // a marker may have any number of these before it
			at++
			continue
		}
		end := at + 2 + length
		if marker == 0xDA || length < 2 || end > len(content) { // the picture's data begins, or the file is broken
			break
		}
		if segment := content[at+4 : end]; marker == 0xE1 && bytes.HasPrefix(segment, exifMark) {
			return segment[len(exifMark):]
		}
		at = end
	}
	return nil
}

// exifOfPNG looks for the chunk eXIf (PNG 3rd edition, 11.3.4.5).
func exifOfPNG(content []byte) []byte {
	const signature, head, sum = 8, 8, 4
	for at := signature; at+head <= len(content); {
		length := int(binary.BigEndian.Uint32(content[at:]))
		if length > len(content)-at-head {
			break
		}
		if string(content[at+4:at+head]) == "eXIf" {
			return content[at+head : at+head+length]
		}
		at += head + length + sum
	}
	return nil
}

// exifOfWebP looks for the chunk EXIF; some programs write the mark of JPEG before it.
func exifOfWebP(content []byte) []byte {
	const riff, head = 12, 8
	for at := riff; at+head <= len(content); {
		length := int(binary.LittleEndian.Uint32(content[at+4:]))
		if length > len(content)-at-head {
			break
		}
		if string(content[at:at+4]) == "EXIF" {
			return bytes.TrimPrefix(content[at+head:at+head+length], exifMark)
		}
		at += head + length + length%2
	}
	return nil
}

// orientation reads how a picture was held, 1–8; 1 where it does not say (TIFF 6.0, tag 274).
func orientation(content []byte, format string) int {
	file, ok := openTIFF(exifOf(content, format))
	if !ok {
		return 1
	}
	first, _ := file.directory(file.first())
	if value := first.number(tagOrientation, 1); value >= 1 && value <= 8 {
		return value
	}
	return 1
}
