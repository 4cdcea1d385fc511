package excel

// Limits keep a damaged or malicious file from taking the machine's memory or the clerk's afternoon.
// Excel's own limits are from Microsoft's "Excel specifications and limits".
const (
	maxFileSize      = 50 << 20  // bytes on disk
	maxUnzippedSize  = 1 << 30   // bytes of all entries of a workbook together
	freeUnzipped     = 100 << 20 // bytes that an entry may unzip to, however well it is packed
	maxUnzipRatio    = 300       // beyond freeUnzipped; styled blank rows to the end of a sheet reach about 150
	maxZipEntries    = 10_000
	maxXMLPiece      = 1 << 20 // bytes of one tag or one text in a workbook's XML
	maxXMLDepth      = 100
	maxAttributes    = 256
	maxSheets        = 1_000
	maxSharedTexts   = 4_000_000
	maxSharedBytes   = 96 << 20  // twice as much while the garbage collector waits, and all of it must stay below 300 MB
	maxRows          = 1_048_576 // Excel's
	maxColumns       = 16_384    // Excel's: XFD
	maxCellRunes     = 32_767    // Excel's
	maxStyles        = 65_490    // Excel's
	maxMerges        = 200_000
	maxStrange       = 500       // columns that a form does not know; every one costs a cell in every row
	maxPairWidth     = 2_000     // columns of a heading of two rows
	maxTemplateCells = 2_000_000 // below the headers of an official template
	headerSearch     = 60        // rows with content among which the headers are looked for
	headerSure       = 30        // rows after which headers that were found are taken
)
