using Siamese.Model.Randomness;

namespace Siamese.Model.Tests.Randomness;

public sealed class SplitMix64Tests
{
    /// <summary>The numbers of Vigna's reference implementation, `splitmix64.c`.</summary>
    [Fact]
    public void The_numbers_are_those_of_the_reference_implementation()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }
}
