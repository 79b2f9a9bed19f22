using Siamese.Contracts;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Grains.Tests.Recalibrating;

public sealed class VerdictIdTests
{
    private static readonly byte[] _mark = Some.Bytes(32);

    [Theory]
    [InlineData("digits", 3, 1.0625f, 0x12_3456_789aL)]
    [InlineData("a.b-c_d", 12345, 0f, 0L)]
    [InlineData("x", 1, float.MaxValue, 0xff_ffff_ffffL)]
    public void A_verdict_id_survives_a_round_trip(string ensemble, int version, float distance, long pair)
    {
        var id = new VerdictId(ensemble, version, distance, pair);
        var text = id.ToText(_mark);

        Assert.StartsWith($"{ensemble}@{version}.", text, StringComparison.Ordinal);
        foreach (var written in new[] { text, $"{ensemble}@{version}.{text[^24..].ToUpperInvariant()}" })
        {
            var (read, mark) = VerdictId.Parse(written);
            Assert.Equal(id, read);
            Assert.Equal(_mark[..VerdictId.MarkBytes], mark);
        }
    }

    [Fact]
    public void Everything_in_an_id_is_part_of_what_its_mark_is_for()
    {
        VerdictId[] ids = [new("digits", 3, 1, 5), new("digit", 3, 1, 5), new("digits", 4, 1, 5), new("digits", 3, 1.5f, 5), new("digits", 3, 1, 6)];

        Assert.Equal(ids.Length, ids.Select(id => Convert.ToHexString(id.Content())).Distinct().Count());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-0.5f)]
    public void An_id_with_an_impossible_distance_is_refused(float distance) => Assert.Contains(
        "no distance is", Assert.Throws<BadInputException>(() => VerdictId.Parse(new VerdictId("digits", 3, distance, 5).ToText(_mark))).Message, StringComparison.Ordinal);

    [Fact]
    public void An_id_of_an_earlier_build_is_refused_as_such() => Assert.Contains(
        "is from an earlier build", Assert.Throws<BadInputException>(() => VerdictId.Parse("digits@2.7y5a9fpf87eeybm8")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("digits")]
    [InlineData("digits@3")]
    [InlineData("digits@3.short")]
    [InlineData("@3.0123456789abcdefghjkmnpq")]
    [InlineData("digits@x.0123456789abcdefghjkmnpq")]
    [InlineData("digits@3.0123456789abcdefghjkmnpu")]
    public void An_invalid_id_is_refused(string text) =>
        Assert.Contains("is not a verdict's id", Assert.Throws<BadInputException>(() => VerdictId.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_order_of_two_images_matters()
    {
        var (first, second) = (Some.Bytes(32), Some.Bytes(32).Reverse().ToArray());

        Assert.NotEqual(VerdictId.PairOf(first, second), VerdictId.PairOf(second, first));
        Assert.InRange(VerdictId.PairOf(first, second), 0, (1L << 40) - 1);
    }
}
