using Siamese.Contracts;
using Siamese.Contracts.Ensembles;

namespace Siamese.Grains.Tests.Recalibrating;

public sealed class VerdictIdTests
{
    [Theory]
    [InlineData("digits", 3, 1.0625f, 0x12_3456_789aL)]
    [InlineData("a.b-c_d", 12345, 0f, 0L)]
    [InlineData("x", 1, float.MaxValue, 0xff_ffff_ffffL)]
    public void A_verdict_id_survives_a_round_trip(string ensemble, int version, float distance, long pair)
    {
        var id = new VerdictId(ensemble, version, distance, pair);

        Assert.Equal(id, VerdictId.Parse(id.ToString()));
        Assert.StartsWith($"{ensemble}@{version}.", id.ToString(), StringComparison.Ordinal);
        Assert.Equal(id, VerdictId.Parse($"{ensemble}@{version}.{id.ToString()[^16..].ToUpperInvariant()}"));
    }

    [Fact]
    public void A_mistyped_character_is_nearly_always_noticed()
    {
        var text = new VerdictId("digits", 3, 1.0625f, 0x12_3456_789a).ToString();
        var (tried, taken) = (0, 0);
        for (var place = text.Length - 16; place < text.Length; place++)
        {
            foreach (var other in "0123456789abcdefghjkmnpqrstvwxyz".Where(digit => digit != text[place]))
            {
                tried++;
                taken += IsTaken($"{text[..place]}{other}{text[(place + 1)..]}") ? 1 : 0;
            }
        }

        // One checksum byte detects all but 1 in 256.
        Assert.InRange(taken, 0, tried / 50);
    }

    [Theory]
    [InlineData("")]
    [InlineData("digits")]
    [InlineData("digits@3")]
    [InlineData("digits@3.short")]
    [InlineData("@3.0123456789abcdef")]
    [InlineData("digits@x.0123456789abcdef")]
    [InlineData("digits@3.0123456789abcdeu")]
    public void An_invalid_id_is_refused(string text) =>
        Assert.Contains("is not a verdict's id", Assert.Throws<BadInputException>(() => VerdictId.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_order_of_two_images_matters()
    {
        var (first, second) = (Some.Bytes(32), Some.Bytes(32).Reverse().ToArray());

        Assert.NotEqual(VerdictId.PairOf(first, second), VerdictId.PairOf(second, first));
        Assert.InRange(VerdictId.PairOf(first, second), 0, (1L << 40) - 1);
    }

    private static bool IsTaken(string text)
    {
        try
        {
            VerdictId.Parse(text);
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }
}
