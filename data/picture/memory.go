package picture

import (
	"encoding/binary"
	"image"
	"image/color"
	"runtime/debug"

	"peixun/data"
)

const (
	// maxUnpacked is how much memory in bytes a picture may take while it is decoded: with what the program takes itself it stays
	// under 600 MB. A photo of data.MaxVoucherPixels takes 180 MB, but one of 16 bits a colour or a progressive one several times that.
	maxUnpacked = 300 << 20
	// largeUnpacked is from what size on the memory of earlier pictures is given back first.
	largeUnpacked = 64 << 20
)

// affordable refuses a picture that would take too much memory, before it is decoded.
func affordable(content []byte, format string, config image.Config) error {
	needed := unpacked(content, format, config)
	if needed > maxUnpacked {
		return data.Refuse("voucher-pixels", "voucher", "这张图片解开以后太大，内存放不下。", "请用看图程序打开它，缩小或另存为普通的 JPG，再上传。")
	}
	if needed > largeUnpacked {
		debug.FreeOSMemory()
	}
	return nil
}

// unpacked is how many bytes Go's decoder takes for a picture, at most.
func unpacked(content []byte, format string, config image.Config) int64 {
	pixels := int64(config.Width) * int64(config.Height)
	switch format {
	case "jpeg":
		return unpackedJPEG(content, pixels)
	case "webp":
		const lossless = 8 // the pixels, and once more while they are put together
		return pixels * lossless
	case "tiff":
		file, ok := openTIFF(content)
		if !ok {
			return 0
		}
		page, _ := file.directory(file.first())
		stored := page.blocks()
		const growing = 3 // a buffer doubles while it fills
		needed := pixels*pixelBytes(config.ColorModel) + growing*stored.bytes
		if needed > largeUnpacked && file.overfull(stored) {
			return maxUnpacked + 1
		}
		return needed
	}
	needed := pixels * pixelBytes(config.ColorModel)
	const interlace = 28 // the place of PNG's method of interlacing, in its header
	if format == "png" && len(content) > interlace && content[interlace] != 0 {
		needed += needed / 2 // the last pass is half a picture
	}
	return needed
}

// pixelBytes is what a decoded pixel takes.
func pixelBytes(model color.Model) int64 {
	switch model {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, isPalette := model.(color.Palette); isPalette {
		return 1
	}
	return 4
}

// unpackedJPEG reads the frame's header (ITU T.81, B.2.2): a progressive picture's coefficients are kept until its last scan.
func unpackedJPEG(content []byte, pixels int64) int64 {
	const coefficient = 4 // bytes of one, as Go keeps it
	frame, progressive := frameOf(content)
	if len(frame) < 6 || len(frame) < 6+3*int(frame[5]) {
		return pixels * 3
	}
	count := int(frame[5])
	widest, highest, blocks := int64(1), int64(1), int64(0)
	for n := range count {
		across, down := int64(frame[7+3*n]>>4), int64(frame[7+3*n]&0xF)
		widest, highest, blocks = max(widest, across), max(highest, down), blocks+across*down
	}
	samples := pixels * blocks / (widest * highest)
	needed := samples
	if progressive {
		needed += samples * coefficient
	}
	if count != 3 && count != 1 { // CMYK is put together from its planes
		needed += pixels * 4
	}
	return needed
}

// frameOf gives the content of the segment that begins the frame, and whether it comes in several scans.
func frameOf(content []byte) (frame []byte, progressive bool) {
	for at := 2; at+4 <= len(content) && content[at] == 0xFF; {
		marker, length := content[at+1], int(binary.BigEndian.Uint16(content[at+2:]))
		if marker == 0xFF {
			at++
			continue
		}
		end := at + 2 + length
		switch {
		case length < 2, end > len(content), marker == 0xDA:
			return nil, false
		case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
			return content[at+4 : end], marker&0x3 == 2
		}
		at = end
	}
	return nil, false
}
