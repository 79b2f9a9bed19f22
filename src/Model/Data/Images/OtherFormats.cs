namespace Siamese.Model.Data.Images;

/// <summary>Recognises files in formats that are not read, so that a message can say what they are.</summary>
internal static class OtherFormats
{
    /// <summary>What the file is; null if it is nothing known.</summary>
    public static string? Name(ReadOnlySpan<byte> file)
    {
        if (file.Length > 12 && file[4..].StartsWith("ftyp"u8))
        {
            return file[8..].StartsWith("avi"u8) ? "an AVIF image"
                : file[8..].StartsWith("he"u8) || file[8..].StartsWith("mif1"u8) || file[8..].StartsWith("msf1"u8) ? "a HEIC image"
                : "a video";
        }

        return file switch
        {
            [0xFF, 0x0A, ..] or [0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', ..] => "a JPEG XL image",
            [0, 0, 0, 0x0C, (byte)'j', (byte)'P', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "a JPEG 2000 image",
            [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => "a Photoshop document",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive",
            [(byte)'P', (byte)'3' or (byte)'6', (byte)'\n' or (byte)' ' or (byte)'\r', ..] => "a PPM image",
            [(byte)'P', (byte)'1' or (byte)'4', (byte)'\n' or (byte)' ' or (byte)'\r', ..] => "a PBM image",
            [(byte)'<', (byte)'?', (byte)'x', (byte)'m', (byte)'l', ..] or [(byte)'<', (byte)'s', (byte)'v', (byte)'g', ..] => "an SVG drawing",
            [(byte)'<', ..] => "a web page",
            [0, 0, 1, 0, ..] => "an icon",
            _ => null,
        };
    }
}
