using Siamese.Contracts.Listing;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Tests.Listing;

/// <summary>A question about trials, and what it means, without an index.</summary>
internal sealed record NaiveList(TrialQuestion Question, Func<TrialReport, bool> IsAsked, Func<TrialReport, HyperparameterValue?> Value)
{
    private static readonly (string Text, Func<Hyperparameters, bool> Holds)[] _conditions =
    [
        ("margin:0.5..1.5", h => h.Margin is >= 0.5 and <= 1.5),
        ("margin:..1", h => h.Margin <= 1),
        ("margin:1", h => h.Margin is 1),
        ("loss:triplet,contrastive", h => h.Loss is "triplet" or "contrastive"),
        ("loss:nt-xent", h => h.Loss is "nt-xent"),
        ("temperature:0.2..", h => h.Temperature >= 0.2),
        ("encoder:conv", h => h.Encoder is "conv"),
        ("epochs:21..", h => h.Epochs >= 21),
    ];

    private static readonly (string Text, Func<TrialReport, HyperparameterValue?> Value)[] _orders =
    [
        ("eer", trial => Finite(trial.Result?.Validation?.Eer)),
        ("seconds", trial => Finite(trial.Result?.Seconds)),
        ("epochs", trial => HyperparameterValue.Maybe(trial.Result is { Epochs: { IsDefault: false } epochs } ? epochs.Length : default(double?))),
        ("trial", _ => null),
        ("margin", trial => HyperparameterValue.Maybe(trial.Spec.Hyperparameters.Margin)),
        ("loss", trial => HyperparameterValue.Of(trial.Spec.Hyperparameters.Loss)),
        ("temperature", trial => HyperparameterValue.Maybe(trial.Spec.Hyperparameters.Temperature)),
        ("batchSize", trial => trial.Spec.Hyperparameters.BatchSize),
    ];

    public static NaiveList Random(Random random)
    {
        var states = Enum.GetValues<TrialStatus>().Where(_ => random.Next(3) == 0).ToArray();
        var conditions = _conditions.Where(_ => random.Next(6) == 0).ToArray();
        var order = _orders[random.Next(_orders.Length)];
        var question = new TrialQuestion
        {
            States = [.. states.Select(Words.Of)],
            Where = [.. conditions.Select(condition => condition.Text)],
            Sort = (random.Next(2) == 0 ? "-" : "") + order.Text,
            Limit = random.Next(1, 12),
        };
        return new(question, trial => (states.Length == 0 || states.Contains(trial.Status)) && conditions.All(condition => condition.Holds(trial.Spec.Hyperparameters)), order.Value);
    }

    /// <summary>Some trials of a small space in which not every hyperparameter applies to every trial.</summary>
    public static IEnumerable<TrialSpec> Specs(Random random, int count) => Enumerable.Range(1, count).Select(seed => Some.Spec(seed) with
    {
        Hyperparameters = random.Next(3) switch
        {
            0 => new Hyperparameters { Loss = "nt-xent", Margin = null, Temperature = random.Next(1, 5) / 10.0, Epochs = 20 + random.Next(3) },
            1 => new Hyperparameters { Loss = "triplet", Margin = random.Next(1, 5) / 2.0, Balance = null },
            _ => new Hyperparameters { Margin = random.Next(1, 5) / 2.0 },
        },
    });

    /// <summary>The ids of all of them in their order.</summary>
    public string[] Ids(IEnumerable<TrialReport> trials)
    {
        var asked = trials.Where(IsAsked).Select(trial => (trial.Trial, Value: Value(trial))).ToArray();
        var valued = asked.Where(trial => trial.Value is not null).OrderBy(trial => trial.Value!.Value.Number).ThenBy(trial => trial.Value!.Value.Word, StringComparer.Ordinal);
        var ordered = Question.Sort[0] == '-'
            ? asked.Where(trial => trial.Value is not null).OrderByDescending(trial => trial.Value!.Value.Number).ThenByDescending(trial => trial.Value!.Value.Word, StringComparer.Ordinal)
            : valued;
        return [.. ordered.ThenBy(trial => trial.Trial, StringComparer.Ordinal).Concat(asked.Where(trial => trial.Value is null).OrderBy(trial => trial.Trial, StringComparer.Ordinal)).Select(trial => trial.Trial)];
    }

    private static HyperparameterValue? Finite(double? number) => number is { } value && double.IsFinite(value) ? HyperparameterValue.Maybe(value) : default(HyperparameterValue?);
}
