using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation;

namespace Siamese.Model.Tests.Evaluation;

public sealed class MistakesTests
{
    /// <summary>Two same pairs and four different ones.</summary>
    private static readonly ImagePair[] _pairs =
    [
        new(0, 1, Relation.Same), new(2, 3, Relation.Same),
        new(0, 2, Relation.Different), new(0, 3, Relation.Different), new(1, 2, Relation.Different), new(1, 3, Relation.Different),
    ];

    [Fact]
    public void Individual_and_shared_mistakes_match_a_hand_computation()
    {
        // The first misjudges a same and a different pair; the second misjudges that same pair too, and two other different pairs.
        float[] first = [0.5f, 1.5f, 0.9f, 2, 2, 2];
        float[] second = [1, 4, 3, 1.9f, 1.8f, 3];
        float[] never = [0, 0, 9, 9, 9, 9];

        var errors = Mistakes.OfMembers([first, second, never], [1, 2, 1], _pairs);

        Assert.Equal([0.25 + 0.125, 0.25 + 0.25, 0], errors.Rates.AsEnumerable());
        Assert.Equal([0.25 / (0.25 + 0.375), 0, 0], errors.Shared.AsEnumerable());
    }

    [Fact]
    public void Two_members_without_mistakes_share_none() =>
        Assert.Equal([0], Mistakes.OfMembers([[0, 0, 9, 9, 9, 9], [0, 0, 9, 9, 9, 9]], [1, 1], _pairs).Shared.AsEnumerable());

    [Fact]
    public void The_worst_mistakes_of_each_kind_are_those_farthest_from_the_threshold()
    {
        float[] distances = [1.5f, 2.5f, 0.9f, 0.2f, 0.5f, 3];

        Assert.Equal([1, 3, 4], Mistakes.Worst(distances, _pairs, threshold: 1.6, ofKind: 2));
        Assert.Equal([1, 3], Mistakes.Worst(distances, _pairs, threshold: 1.6, ofKind: 1));
        Assert.Empty(Mistakes.Worst([0, 0, 2, 2, 2, 2], _pairs, threshold: 1, ofKind: 5));
    }
}
