using Siamese.Contracts.Data;

namespace Siamese.Grains.Tests.Data;

public sealed class DataManifestTests
{
    private static readonly string _hash = new('a', 64);

    private static readonly DataManifest _good = new([new("a/1.png", 3, _hash), new("b", 0, _hash)], [new(3, _hash)], "b", "/there");

    [Fact]
    public void A_manifest_survives_a_round_trip()
    {
        var read = DataManifest.Read(_good.Write());

        Assert.Equal((_good.Table, _good.Folder, 3), (read.Table, read.Folder, read.Length));
        Assert.Equal(_good.Files, read.Files);
        Assert.Equal(_good.Pieces, read.Pieces);
        Assert.Equal(_good.Write(), read.Write());
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_path_that_leaves_the_folder_is_refused(string path) =>
        Refused("is not a path below", _good with { Files = [new(path, 3, _hash)], Table = null });

    [Fact]
    public void An_inconsistent_manifest_is_refused()
    {
        Refused("differ in total length", _good with { Pieces = [] });
        Refused("twice", _good with { Files = [_good.Files[0], new("a/1.png", 0, _hash)], Table = null });
        Refused("no valid length or hash", _good with { Files = [new("b", -1, _hash)] });
        Refused("no valid length or hash", _good with { Files = [new("b", 3, "abc")] });
        Refused("is not valid", _good with { Pieces = [new(UploadLimits.PieceBytes + 1, _hash)] });
        Refused("is not valid", _good with { Pieces = [new(3, "../" + _hash)] });
        Refused("'c' is not among", _good with { Table = "c" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Files":null,"Pieces":[],"Table":null,"Folder":null}""")]
    public void Invalid_bytes_are_refused(string bytes) =>
        Assert.Throws<InvalidDataException>(() => DataManifest.Read(System.Text.Encoding.UTF8.GetBytes(bytes)));

    private static void Refused(string why, DataManifest manifest) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => DataManifest.Read(manifest.Write())).Message, StringComparison.Ordinal);
}
