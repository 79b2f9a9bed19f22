using System.Globalization;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Tests.Trials;

public sealed class TrialSpecTests
{
    private static readonly Dictionary<string, Func<TrialSpec, TrialSpec>> _changes = new()
    {
        ["encoder"] = s => s with { Hyperparameters = s.Hyperparameters with { Encoder = "article" } },
        ["embedding size"] = s => s with { Hyperparameters = s.Hyperparameters with { EmbeddingSize = 2 } },
        ["distance"] = s => s with { Hyperparameters = s.Hyperparameters with { Distance = "cosine" } },
        ["loss"] = s => s with { Hyperparameters = s.Hyperparameters with { Loss = "triplet" } },
        ["margin"] = s => s with { Hyperparameters = s.Hyperparameters with { Margin = Math.BitIncrement(2.0) } },
        ["no margin"] = s => s with { Hyperparameters = s.Hyperparameters with { Margin = null } },
        ["pairing"] = s => s with { Hyperparameters = s.Hyperparameters with { Pairing = Pairing.Listed } },
        ["pairs"] = s => s with { Hyperparameters = s.Hyperparameters with { Pairs = 8000 } },
        ["batch size"] = s => s with { Hyperparameters = s.Hyperparameters with { BatchSize = 64 } },
        ["balance"] = s => s with { Hyperparameters = s.Hyperparameters with { Balance = 0.9 } },
        ["no balance"] = s => s with { Hyperparameters = s.Hyperparameters with { Balance = null } },
        ["learning rate"] = s => s with { Hyperparameters = s.Hyperparameters with { LearningRate = 1e-3 } },
        ["schedule"] = s => s with { Hyperparameters = s.Hyperparameters with { Schedule = LearningRateSchedule.Constant } },
        ["augmentation"] = s => s with { Hyperparameters = s.Hyperparameters with { Augment = false } },
        ["epochs"] = s => s with { Hyperparameters = s.Hyperparameters with { Epochs = 21 } },
        ["input size"] = s => s with { Hyperparameters = s.Hyperparameters with { InputSize = 64 } },
        ["normalization"] = s => s with { Hyperparameters = s.Hyperparameters with { Normalize = true } },
        ["network"] = s => s with { Hyperparameters = s.Hyperparameters with { Network = NetworkKind.PseudoSiamese } },
        ["mining"] = s => s with { Hyperparameters = s.Hyperparameters with { Mining = "semi-hard" } },
        ["temperature"] = s => s with { Hyperparameters = s.Hyperparameters with { Temperature = 0.1 } },
        ["another temperature"] = s => s with { Hyperparameters = s.Hyperparameters with { Temperature = 0.2 } },
        ["patience"] = s => s with { Hyperparameters = s.Hyperparameters with { Patience = 3 } },
        ["rotation"] = s => s with { Hyperparameters = s.Hyperparameters with { Rotation = 10 } },
        ["rotated classes"] = s => s with { Hyperparameters = s.Hyperparameters with { RotatedClasses = true } },
        ["data"] = s => s with { DataFingerprint = "other" },
        ["shard"] = s => s with { Shard = 1 },
        ["shards"] = s => s with { Shards = 2 },
        ["seed"] = s => s with { Seed = 2 },
        ["code"] = s => s with { CodeVersion = "other" },
    };

    public static TheoryData<string> Changes => [.. _changes.Keys];

    [Fact]
    public void The_same_training_has_the_same_id()
    {
        var one = Some.Spec();
        var other = Some.Spec() with { Hyperparameters = new Hyperparameters { Margin = 2.0, LearningRate = 0.002 } };

        Assert.Equal(one.Id, other.Id);
        Assert.Matches("^[0-9a-f]{32}$", one.Id);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Any_change_makes_a_different_trial(string what) => Assert.NotEqual(Some.Spec().Id, _changes[what](Some.Spec()).Id);

    [Fact]
    public void No_two_changes_make_the_same_trial() =>
        Assert.Equal(_changes.Count, _changes.Values.Select(change => change(Some.Spec()).Id).Distinct().Count());

    [Fact]
    public void Every_hyperparameter_is_part_of_the_id()
    {
        foreach (var hyperparameter in Hyperparameter.All)
        {
            var range = hyperparameter.Range;
            HyperparameterValue[] values = range.IsWord
                ? range.Words.IsEmpty ? ["one", "another"] : [.. range.Words.Select(word => (HyperparameterValue)word)]
                : [range.Low + 8, range.Low + 9];
            var ids = values.Select(value => (Some.Spec() with { Hyperparameters = hyperparameter.Set(new(), value) }).Id).Distinct();
            // Words that only select defaults do not change the training.
            Assert.True(ids.Count() == (hyperparameter.Name == "augment" ? 2 : values.Length), hyperparameter.Name);
        }
    }

    [Fact]
    public void The_id_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var here = Some.Spec().Id;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal(here, Some.Spec().Id);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Existing stores find finished trials by this id: a change here retrains everything.</summary>
    [Fact]
    public void The_id_of_a_known_trial_never_changes() =>
        Assert.Equal("c77e8df3e8a20c76328b5830c7dd1eb7", (Some.Spec() with { CodeVersion = "code" }).Id);
}
