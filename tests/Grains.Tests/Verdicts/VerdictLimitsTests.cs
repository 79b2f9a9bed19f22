using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Grains.Verdicts;

namespace Siamese.Grains.Tests.Verdicts;

/// <summary>Checks that <see cref="ManyVerdictsTests"/> cannot reach through a grain call.</summary>
public sealed class VerdictLimitsTests
{
    [Fact]
    public void An_incomplete_call_is_refused()
    {
        Refused("no list", default, []);
        Refused("no list", [], default);
        Refused("one.png", [new ImageFile("one.png", default)], []);
        Refused("no bytes", [null!], []);
    }

    private static void Refused(string why, ImmutableArray<ImageFile> images, ImmutableArray<PairOfImages> pairs) => Assert.Contains(
        why, Assert.Throws<BadInputException>(() => VerdictLimits.Check(images, pairs)).Message, StringComparison.Ordinal);
}
