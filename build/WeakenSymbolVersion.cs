using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks its requirement of one symbol version weak
/// (VER_FLG_WEAK in .gnu.version_r; System V gABI, Linux Standard Base "Symbol Versioning").
/// </summary>
public sealed class WeakenSymbolVersion : Task
{
    private const int SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        if (File.Exists(Destination) && File.GetLastWriteTimeUtc(Destination) == File.GetLastWriteTimeUtc(Source))
            return true;
        var image = File.ReadAllBytes(Source);
        if (image.Length < 64 || image[0] != 0x7f || image[1] != 'E' || image[4] != 2 || image[5] != 1)
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF file; build/LibTorchSharp.targets needs a look.", Source);
            return false;
        }

        var weakened = Mark(image);
        Log.LogMessage(MessageImportance.Normal, "{0}: {1} requirement(s) of {2} marked weak", Destination, weakened, Version);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        // Several projects may build at once, each with an obj/ of its own; a cut-short write must not look finished.
        var partial = Destination + ".partial";
        File.WriteAllBytes(partial, image);
        File.SetLastWriteTimeUtc(partial, File.GetLastWriteTimeUtc(Source));
        File.Delete(Destination);
        File.Move(partial, Destination);
        return true;
    }

    private int Mark(byte[] image)
    {
        var weakened = 0;
        var sections = BitConverter.ToInt64(image, 0x28);
        int size = BitConverter.ToUInt16(image, 0x3a), count = BitConverter.ToUInt16(image, 0x3c);
        for (var i = 0; i < count; i++)
        {
            var header = (int)sections + (i * size);
            if (BitConverter.ToInt32(image, header + 4) != SectionTypeVersionNeeds)
                continue;
            var need = (int)BitConverter.ToInt64(image, header + 0x18);
            var strings = (int)sections + (BitConverter.ToInt32(image, header + 0x28) * size);
            var text = (int)BitConverter.ToInt64(image, strings + 0x18);
            for (int next = 1; next != 0; need += next)
            {
                var aux = need + BitConverter.ToInt32(image, need + 8);
                for (int nextAux = 1; nextAux != 0; aux += nextAux)
                {
                    if (Name(image, text + BitConverter.ToInt32(image, aux + 8)) == Version)
                    {
                        BitConverter.GetBytes((ushort)(BitConverter.ToUInt16(image, aux + 4) | Weak)).CopyTo(image, aux + 4);
                        weakened++;
                    }

                    nextAux = BitConverter.ToInt32(image, aux + 12);
                }

                next = BitConverter.ToInt32(image, need + 12);
            }
        }

        return weakened;
    }

    private static string Name(byte[] image, int start)
    {
        var end = Array.IndexOf(image, (byte)0, start);
        return Encoding.ASCII.GetString(image, start, end - start);
    }
}
