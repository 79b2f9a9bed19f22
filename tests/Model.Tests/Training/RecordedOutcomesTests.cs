using System.Runtime.CompilerServices;
using System.Text.Json;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Tuning;
using Siamese.Model.Augmentations;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

/// <summary>
/// What short trials come to is recorded beside the code version. If the arithmetic changes, stored trials must not be
/// mixed with new ones: the version in `build/code-versions.txt` has to change, and the outcomes are recorded anew by
/// `SIAMESE_RECORD=1 dotnet test -c Release tests/Model.Tests --filter RecordedOutcomes`.
/// </summary>
public sealed class RecordedOutcomesTests
{
    /// <summary>
    /// Largest relative difference that counts as rounding, about ten times what other vector widths were seen to make. The
    /// trials are few steps long, because rounding errors grow with every step.
    /// </summary>
    private const double Rounding = 5e-3;

    /// <summary>Equal error rates jump as single pairs change sides, so their difference is in the rate itself.</summary>
    private const double RoundingOfEer = 0.03;

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Lazy<Recording> _recorded = new(() => JsonSerializer.Deserialize<Recording>(File.ReadAllText(RecordingPath), _json)!);

    public static TheoryData<string> Names => [.. RecordedTrials.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_trial_ends_as_recorded(string name)
    {
        var outcome = Train(name);
        if (IsRecording)
        {
            lock (_recorded)
                Record(name, outcome);
            return;
        }

        Assert.True(
            _recorded.Value.Trials.TryGetValue(name, out var recorded),
            $"The outcome of the trial '{name}' is not recorded; record it with SIAMESE_RECORD=1 (see this class).");
        var changed = recorded.Figures().Zip(outcome.Figures()).Where(pair => !IsClose(pair.First, pair.Second)).ToArray();
        Assert.True(
            changed.Length == 0,
            $"The trial '{name}' does not end as recorded: {string.Join("; ", changed.Select(pair => $"{pair.First} became {pair.Second}"))}. "
            + "If training was meant to change, give it a new version in build/code-versions.txt and record the outcomes anew.");
    }

    [Fact]
    public void Every_strength_of_an_augmentation_has_a_trial()
    {
        var none = RecordedTrials.WithoutChanges;
        Assert.Empty(InputChange.Of(none));
        var missing = Hyperparameter.All
            .Where(hyperparameter => hyperparameter.Get(none) is { Word: null } && InputChange.Of(hyperparameter.Set(none, 0.1)).Count > 0)
            .Where(hyperparameter => !RecordedTrials.All.ContainsKey($"augmentation {hyperparameter.Name}"))
            .Select(hyperparameter => hyperparameter.Name).ToArray();
        Assert.True(missing.Length == 0, $"Add a trial for each of these augmentations to RecordedTrials: {string.Join(", ", missing)}.");
    }

    [Fact]
    public void The_outcomes_are_those_of_this_code_version()
    {
        if (!IsRecording)
            Assert.Equal(_recorded.Value.CodeVersion, CodeVersion.Current);
    }

    private static bool IsRecording => Environment.GetEnvironmentVariable("SIAMESE_RECORD") == "1";

    private static bool IsClose((string Name, double Value) recorded, (string Name, double Value) now) =>
        recorded.Name == now.Name
        && Math.Abs(recorded.Value - now.Value) <= (now.Name.Contains("EER", StringComparison.Ordinal) ? RoundingOfEer : Rounding * Math.Abs(recorded.Value));

    private static Outcome Train(string name)
    {
        var hyperparameters = RecordedTrials.All[name];
        var data = name == RecordedTrials.Forgeries ? SomeTrials.WithForgeries() : SomeTrials.Of(Encoders.InputOf(hyperparameters));
        var trained = SomeTrials.Train(hyperparameters, hyperparameters.Encoder == "koch" ? data.WithFewValidation() : data);
        var values = Safetensors.Read(trained.Weights!).Tensors.Where(tensor => !tensor.IsInteger).OrderBy(tensor => tensor.Name, StringComparer.Ordinal).SelectMany(tensor => tensor.Values).ToArray();
        return new(
            [.. trained.Result.Epochs.Select(epoch => epoch.Loss)],
            [.. trained.Result.Epochs.Select(epoch => epoch.ValidationEer)],
            Math.Sqrt(values.Sum(value => (double)value * value)),
            // Weighs every weight differently, so that weights that swapped places show.
            Math.Sqrt(values.Select((value, i) => value * (double)value * (1 + Math.Cos(i))).Sum()));
    }

    private static void Record(string name, Outcome outcome)
    {
        var known = File.Exists(RecordingPath) ? JsonSerializer.Deserialize<Recording>(File.ReadAllText(RecordingPath), _json)! : new Recording("", []);
        var trials = known.Trials.Where(trial => RecordedTrials.All.ContainsKey(trial.Key)).ToDictionary(trial => trial.Key, trial => trial.Value);
        trials[name] = outcome;
        File.WriteAllText(RecordingPath, JsonSerializer.Serialize(new Recording(CodeVersion.Current, new(trials, StringComparer.Ordinal)), _json) + "\n");
    }

    private static string RecordingPath => Beside();

    private static string Beside([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "recorded-outcomes.json");

    /// <param name="CodeVersion">The version whose outcomes they are.</param>
    /// <param name="Trials">By name.</param>
    private sealed record Recording(string CodeVersion, SortedDictionary<string, Outcome> Trials);

    /// <param name="Losses">Mean loss of each epoch.</param>
    /// <param name="ValidationEers">Of each epoch.</param>
    /// <param name="Norm">Euclidean norm of all weights together.</param>
    /// <param name="WeightedNorm">The same with each weight counted by its place.</param>
    private sealed record Outcome(double[] Losses, double[] ValidationEers, double Norm, double WeightedNorm)
    {
        public IEnumerable<(string Name, double Value)> Figures() =>
        [
            .. Losses.Select((loss, i) => ($"loss of epoch {i + 1}", loss)),
            .. ValidationEers.Select((eer, i) => ($"validation EER of epoch {i + 1}", eer)),
            ("norm of the weights", Norm),
            ("weighted norm of the weights", WeightedNorm),
        ];
    }
}
