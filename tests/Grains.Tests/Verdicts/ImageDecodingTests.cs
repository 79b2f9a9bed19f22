using Siamese.Contracts.Ensembles;
using Siamese.Grains.Verdicts;

namespace Siamese.Grains.Tests.Verdicts;

public sealed class ImageDecodingTests
{
    [Fact]
    public void Small_files_are_decoded_16_at_a_time() => Assert.Equal([(0, 16), (16, 16), (32, 8)], Lots([.. Enumerable.Repeat(300, 40)]));

    [Fact]
    public void Larger_files_are_decoded_64_kilobytes_at_a_time_but_at_least_one() =>
        Assert.Equal([(0, 2), (2, 1), (3, 1), (4, 2)], Lots(30_000, 35_000, 1_000_000, 65_536, 1, 65_535));

    [Fact]
    public void No_files_make_no_lots() => Assert.Empty(Lots());

    private static IEnumerable<(int Start, int Count)> Lots(params int[] sizes) =>
        ImageDecoding.Lots([.. sizes.Select(size => new ImageFile("some.png", [.. new byte[size]]))]);
}
