using BitMiracle.LibTiff.Classic;

namespace Siamese.Model.Tests.Data.Images;

/// <summary>Makes TIFF files.</summary>
internal static class SomeTiffs
{
    /// <summary>A column of four grey pixels, stored in some way.</summary>
    public static byte[] Of(string kind, byte[] rows)
    {
        using var stream = new MemoryStream();
        using (var tiff = Tiff.ClientOpen("in memory", kind == "big-endian" ? "wb" : "wl", stream, new TiffStream()))
        {
            Page(tiff, kind, rows);
            tiff.WriteDirectory();
            if (kind == "two pages")
            {
                Page(tiff, kind, [.. rows.Reverse()]);
                tiff.WriteDirectory();
            }

            tiff.Flush();
            return stream.ToArray();
        }
    }

    /// <summary>A TIFF of one row that claims this size.</summary>
    public static byte[] OfSize(int width, int height)
    {
        using var stream = new MemoryStream();
        using var tiff = Tiff.ClientOpen("in memory", "wl", stream, new TiffStream());
        Describe(tiff, width, height, bits: 8, samples: 1, Photometric.MINISBLACK);
        tiff.WriteScanline(new byte[width], 0);
        tiff.WriteDirectory();
        tiff.Flush();
        return stream.ToArray();
    }

    private static void Page(Tiff tiff, string kind, byte[] rows)
    {
        var (bits, samples) = (kind == "16 bits" ? 16 : 8, kind switch { "colour" => 3, "transparent" => 4, _ => 1 });
        Describe(tiff, width: 1, rows.Length, bits, samples, samples > 1 ? Photometric.RGB : kind == "white is 0" ? Photometric.MINISWHITE : Photometric.MINISBLACK);
        if (kind == "LZW")
            tiff.SetField(TiffTag.COMPRESSION, Compression.LZW);
        if (kind == "transparent")
            tiff.SetField(TiffTag.EXTRASAMPLES, 1, new[] { (short)ExtraSample.UNASSALPHA });
        if (kind == "upside down")
            tiff.SetField(TiffTag.ORIENTATION, Orientation.BOTLEFT);
        for (var y = 0; y < rows.Length; y++)
        {
            var grey = kind == "upside down" ? rows[^(y + 1)] : rows[y];
            tiff.WriteScanline(kind switch
            {
                "16 bits" => [grey, grey],
                "colour" => [grey, grey, grey],
                // On white: black ink of growing transparency.
                "transparent" => [0, 0, 0, (byte)(255 - grey)],
                "white is 0" => [(byte)(255 - grey)],
                _ => [grey],
            }, y);
        }
    }

    private static void Describe(Tiff tiff, int width, int height, int bits, int samples, Photometric photometric)
    {
        tiff.SetField(TiffTag.IMAGEWIDTH, width);
        tiff.SetField(TiffTag.IMAGELENGTH, height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
        tiff.SetField(TiffTag.PHOTOMETRIC, photometric);
        tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.ROWSPERSTRIP, height);
    }
}
