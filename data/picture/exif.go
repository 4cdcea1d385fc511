package picture

import (
	"bytes"
	"encoding/binary"
)

const orientationTag = 0x0112

// orientation reads a JPEG's EXIF orientation, 1–8; 1 where there is none (Exif 2.3, TIFF 6.0).
func orientation(content []byte) int {
	for at := 2; at+4 <= len(content) && content[at] == 0xFF; {
		marker, length := content[at+1], int(binary.BigEndian.Uint16(content[at+2:]))
		end := at + 2 + length
		if marker == 0xDA || length < 2 || end > len(content) { // the picture's data begins, or the file is broken
			break
		}
		segment := content[at+4 : end]
		if marker == 0xE1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		at = end
	}
	return 1
}

func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	directory := int(order.Uint32(tiff[4:]))
	if directory < 8 || directory+2 > len(tiff) {
		return 1
	}
	const entrySize = 12
	count := int(order.Uint16(tiff[directory:]))
	for entry := directory + 2; count > 0 && entry+entrySize <= len(tiff); entry, count = entry+entrySize, count-1 {
		if order.Uint16(tiff[entry:]) != orientationTag {
			continue
		}
		if value := int(order.Uint16(tiff[entry+8:])); value >= 1 && value <= 8 {
			return value
		}
	}
	return 1
}
