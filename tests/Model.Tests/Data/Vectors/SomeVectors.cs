using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Siamese.Model.Tests.Data.Vectors;

/// <summary>Makes files of vectors.</summary>
internal static class SomeVectors
{
    public const int Count = 24, Width = 3;

    /// <summary>Written by NumPy 1.24 with savez_compressed: X (24, 3) as float32 in Fortran's order, y as text, groups as bytes.</summary>
    public static readonly byte[] NumpyNpz = Convert.FromBase64String(
        "UEsDBBQAAAAIAAAAIQBdfhHmnQAAAKABAAAFABQAWC5ucHkBABAAoAEAAAAAAACdAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEg8pKk0FChdnJBakArkaRiY6CsaaOgq1CmQDLgYwOGDHwOBgz8AwAYgPAPEHIBZwYGDQAGIHII4A4gIgbgHiCUA8B4hXAPEWID4AxGeA+AYQPwHiD0D8B4hZHBkYuBxpY6YAEIsBsYwjbcxUAmININZzBABQSwMEFAAAAAgAAAAhADbA5ipgAAAAoAEAAAUAFAB5Lm5weQEAEACgAQAAAAAAAGAAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbhNqrK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRiY6mjoKtQrkA65kBgaGRCAuAeIUIM4H4nQgTgXiXCAuBeKRrAYAUEsDBBQAAAAIAAAAIQDFsO64TQAAALAAAAAKABQAZ3JvdXBzLm5weQEAEACwAAAAAAAAAE0AAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgXhNspK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRiY6mjoKtQrkA650w3SjdGPiSQBQSwECFAMUAAAACAAAACEAXX4R5p0AAACgAQAABQAAAAAAAAAAAAAAgAEAAAAAWC5ucHlQSwECFAMUAAAACAAAACEANsDmKmAAAACgAQAABQAAAAAAAAAAAAAAgAHUAAAAeS5ucHlQSwECFAMUAAAACAAAACEAxbDuuE0AAACwAAAACgAAAAAAAAAAAAAAgAFrAQAAZ3JvdXBzLm5weVBLBQYAAAAAAwADAJ4AAAD0AQAAAAA=");

    /// <summary>Written by NumPy 1.24 with save: the same vectors as big-endian float16.</summary>
    public static readonly byte[] NumpyNpy = Convert.FromBase64String(
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPmYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDI0LCAzKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAADyAQIA2AD4AQUA6AD+AQgA8gECAQsA+AEFAQ4A/gEIARCBAgELARIBBQEOAROBCAEQgRUBCwESARaBDgETgRgBEIEVARmBEgEWgRsBE4EYARyBFQEZgR4BFoEbAR+BGAEcgSCBGYEeASFBGwEfgSIBHIEggSLBHgEhQSOBH4EiASRBIIEiwSUBIUEjgSXA=");

    /// <summary>The classes of the vectors in those files, eight of each.</summary>
    public static readonly string[] Classes = [.. Enumerable.Range(0, Count).Select(i => ((string[])["cat", "dog", "emu"])[i % 3])];

    /// <summary>The vectors in those files, row by row.</summary>
    public static readonly float[] Values = [.. Enumerable.Range(0, Count * Width).Select(i => (i / 8f) + (i % 3))];

    public static byte[] Npy(float[] values, int width = Width) => Npy("<f4", $"({values.Length / width}, {width})", MemoryMarshal.AsBytes<float>(values).ToArray());

    /// <summary>An array of text.</summary>
    public static byte[] Npy(params string[] texts)
    {
        var longest = texts.Max(text => text.Length);
        return Npy($"<U{longest}", $"({texts.Length},)", [.. texts.SelectMany(text => Encoding.UTF32.GetBytes(text.PadRight(longest, '\0')))]);
    }

    public static byte[] Npy(string type, string shape, byte[] data, bool isColumnwise = false)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': {(isColumnwise ? "True" : "False")}, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. data];
    }

    public static byte[] Npz(params (string Name, byte[] Npy)[] arrays) => Npz(CompressionLevel.NoCompression, arrays);

    public static byte[] Npz(CompressionLevel level, params (string Name, byte[] Npy)[] arrays)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, npy) in arrays)
            {
                using var entry = archive.CreateEntry($"{name}.npy", level).Open();
                entry.Write(npy);
            }
        }

        return file.ToArray();
    }

    /// <summary>The vectors and their labels.</summary>
    public static byte[] Labelled() => Npz(("features", Npy(Values)), ("labels", Npy(Classes)));

    /// <summary>A table with these columns before the numbers.</summary>
    public static string Table(string separator, string header, Func<int, string> row) => string.Concat(
        Enumerable.Range(-1, Count + 1).Select(i => i < 0
            ? $"{header}{separator}f0{separator}f1{separator}f2\n"
            : FormattableString.Invariant($"{row(i)}{separator}{Values[3 * i]}{separator}{Values[(3 * i) + 1]}{separator}{Values[(3 * i) + 2]}\n")));
}
