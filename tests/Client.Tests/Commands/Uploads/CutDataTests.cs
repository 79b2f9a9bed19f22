using System.Security.Cryptography;
using Siamese.Client.Commands.Uploads;
using Siamese.Client.Tests.LocalSilo;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Tests.Commands.Uploads;

public sealed class CutDataTests : IDisposable
{
    private const int Piece = UploadLimits.PieceBytes;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Small_files_share_a_piece_and_large_ones_span_several()
    {
        var cut = Cut(("a", 10), ("b", 0), ("c", Piece - 10), ("d", 30), ("e", (2 * Piece) + 5), ("f", 7), ("g", Piece));

        // a to c fill one piece; the piece of d ends where the large e begins, and that of f where the large g begins.
        Assert.Equal([Piece, 30, Piece, Piece, 5, 7, Piece], cut.Manifest.Pieces.Select(piece => piece.Length));
        Assert.Equal([10, 0, Piece - 10, 30, (2 * Piece) + 5, 7, Piece], cut.Manifest.Files.Select(file => file.Length));
    }

    [Fact]
    public void The_pieces_are_the_concatenated_files()
    {
        var cut = Cut(("a", 100_000), ("b", 0), ("c", 300_000), ("d", Piece + 1), ("e", 1_900_000), ("f", 300_000));

        byte[] bytes = [.. Enumerable.Range(0, cut.Manifest.Pieces.Count).SelectMany(cut.Read)];

        Assert.Equal("abcdef".SelectMany(name => File.ReadAllBytes($"{_folder.Path}/{name}")), bytes);
        Assert.All(cut.Manifest.Files, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes($"{_folder.Path}/{file.Path}"))), file.Sha256));
        Assert.All(Enumerable.Range(0, cut.Manifest.Pieces.Count), piece =>
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(cut.Read(piece))), cut.Manifest.Pieces[piece].Sha256));
    }

    [Fact]
    public void A_large_file_has_the_same_pieces_in_another_data_set()
    {
        var alone = Cut(("large", (2 * Piece) + 5)).Manifest.Pieces;
        var among = Cut(("a", 10), ("large", (2 * Piece) + 5), ("z", 10)).Manifest.Pieces;

        Assert.Equal(alone, among.Skip(1).Take(3));
    }

    [Fact]
    public void A_file_that_changed_in_the_meantime_is_named()
    {
        var cut = Cut(("a", 10), ("b", 20));
        File.WriteAllBytes($"{_folder.Path}/b", new byte[20]);
        Assert.Contains("changed during the upload", Assert.Throws<BadInputException>(() => cut.Read(0)).Message, StringComparison.Ordinal);
        File.WriteAllBytes($"{_folder.Path}/b", new byte[3]);
        Assert.Contains($"{_folder.Path}/b", Assert.Throws<BadInputException>(() => cut.Read(0)).Message, StringComparison.Ordinal);
        File.Delete($"{_folder.Path}/b");
        Assert.Contains($"{_folder.Path}/b cannot be read", Assert.Throws<BadInputException>(() => cut.Read(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_files_in_another_place_give_the_same_manifest()
    {
        var here = Cut(("a", 10), ("b", 20)).Manifest.Write();
        using var other = new TemporaryFolder();
        Directory.CreateDirectory($"{other.Path}/x");
        foreach (var name in "ab")
            File.Copy($"{_folder.Path}/{name}", $"{other.Path}/x/{name}");

        Assert.Equal(here, CutData.Cut(new LocalData("x", $"{other.Path}/x", ["a", "b"]), CancellationToken.None).Manifest.Write());
    }

    private CutData Cut(params (string Name, int Length)[] files)
    {
        foreach (var (name, length) in files)
        {
            var bytes = new byte[length];
            new Random(name[0]).NextBytes(bytes);
            File.WriteAllBytes($"{_folder.Path}/{name}", bytes);
        }

        return CutData.Cut(new LocalData("data", _folder.Path, [.. files.Select(file => file.Name)]), CancellationToken.None);
    }
}
