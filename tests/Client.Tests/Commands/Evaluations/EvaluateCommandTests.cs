using System.Text.Json;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;

namespace Siamese.Client.Tests.Commands.Evaluations;

/// <summary>`evaluate`, on a cluster with prepared figures.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly ClientRun _client = new();

    public EvaluateCommandTests() => Directory.CreateDirectory(_client.Home);

    public void Dispose() => _client.Dispose();

    private FakeEvaluation Evaluation => _client.Cluster.TheEvaluation;

    [Fact]
    public async Task The_images_the_protocol_and_every_figure_with_its_interval_are_printed()
    {
        Assert.Equal(0, await _client.Run("evaluate", "mine@3", "--negatives", "same-group", "--seed", "7"));

        Assert.Equal(
            """
            Ensemble mine, version 3, 2 members, on glyphs: 3,480 images of 174 classes in 5 groups.
            Uses the test images of the data set that the ensemble was trained on, split by group.
            Files left out: 1.
            Protocol pairs: 10,000 same and 9,000 different pairs, each different pair within one group, drawn with seed 7.

                                                       ensemble     best member 3fa94c21
            ───────────────────────────────────────────────────────────────────────────────
              accuracy at own threshold   93.00 % (92.00 to 94.00)   91.00 % (90.00 to 92.00)
              EER                           7.00 % (6.00 to 8.00)      7.00 % (6.00 to 8.00)
              AUC                         98.00 % (97.50 to 98.50)   98.00 % (97.50 to 98.50)
              TAR at FAR 1 %              75.00 % (70.00 to 80.00)   75.00 % (70.00 to 80.00)
              TAR at FAR 0.1 %            50.00 % (40.00 to 60.00)   50.00 % (40.00 to 60.00)
              calibration error             1.20 % (0.00 to 2.10)

            EER difference: −0.40 points (−0.90 to 0.10), may be chance.
            FAR 0.1 % is 9 of these different pairs, too few for a reliable rate; at least 30 are needed.
            Accuracy gives same and different pairs equal weight. The best member is the one with the lowest validation EER. Intervals are 95 %, from a bootstrap over the 3,471 images in the pairs.
            """.Split(Environment.NewLine).Select(Squeezed),
            _client.Out.TrimEnd().Split('\n').Select(Squeezed));
        var request = Assert.Single(Evaluation.Started);
        Assert.Equal(("mine", 3, null, Negatives.SameGroup, 7), (request.Ensemble, request.Version, request.Data, request.Negatives, request.Seed));
    }

    [Fact]
    public async Task One_shot_trials_are_printed_with_what_was_drawn()
    {
        Assert.Equal(0, await _client.Run("evaluate", "mine", "--protocol", "one-shot", "--ways", "5", "--trials", "200"));

        Assert.Contains("Protocol one-shot: 200 trials of 5 ways, each within one of 4 groups (1 left out: too few classes); candidates by one drawer, query by another; drawn with seed 1.", _client.Out, StringComparison.Ordinal);
        Assert.Contains("80.00 % (75.00 to 85.00)", _client.Out, StringComparison.Ordinal);
        Assert.Contains("Chance level is 20.00 %.", _client.Out, StringComparison.Ordinal);
        Assert.Contains("from a bootstrap over the 123 classes of the queries; other groups may differ more.", _client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_images_cause_a_warning()
    {
        var evaluation = Some.Evaluation(new() { Ensemble = "mine" });
        Evaluation.States.Enqueue(new(IsKnown: true, Result: evaluation with { Images = evaluation.Images with { Choice = ImageChoice.All, SplitBy = null, UsedBefore = 1234 } }));
        Assert.Equal(0, await _client.Run("evaluate", "mine", "--images", "all"));
        Assert.Contains("Uses all images of the data set that the ensemble was trained on.\nWarning: the ensemble was trained or validated on 1,234 of them, so these figures are too optimistic.\n", _client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_curves_are_written_as_csv()
    {
        var (roc, det) = (Path.Combine(_client.Home, "roc.csv"), Path.Combine(_client.Home, "det.csv"));

        Assert.Equal(0, await _client.Run("evaluate", "mine", "--roc", roc, "--det", det));

        Assert.Equal("threshold,far,tar\n0.5,0,0\n1,0.25,0.875\n2,1,1\n", await File.ReadAllTextAsync(roc));
        Assert.Equal("threshold,far,frr\n0.5,0,1\n1,0.25,0.125\n2,1,0\n", await File.ReadAllTextAsync(det));
        Assert.Equal(2, Directory.EnumerateFiles(_client.Home).Count());
        // A curve may overwrite a curve.
        Assert.Equal(0, await _client.Run("evaluate", "mine", "--roc", roc));
    }

    [Fact]
    public async Task A_file_that_is_not_such_a_curve_is_left_unchanged_and_nothing_is_evaluated()
    {
        var path = Path.Combine(_client.Home, "diary.csv");
        await File.WriteAllTextAsync(path, "Dear diary,\n");

        Assert.Equal(2, await _client.Run("evaluate", "mine", "--roc", path));
        Assert.Contains("already exists and is not such a curve", _client.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _client.Run("evaluate", "mine", "--det", Path.Combine(_client.Home, "nowhere", "det.csv")));
        Assert.Contains("nowhere does not exist.", _client.Error, StringComparison.Ordinal);
        Assert.Equal("Dear diary,\n", await File.ReadAllTextAsync(path));
        Assert.Empty(Evaluation.Started);
    }

    [Fact]
    public async Task The_document_has_the_same_figures()
    {
        Assert.Equal(0, await _client.Run("evaluate", "mine", "--format", "json"));

        var document = JsonDocument.Parse(_client.Out).RootElement;
        Assert.Equal(
            ["ensemble", "version", "members", "bestMember", "images", "protocol", "seed", "pairs", "oneShot", "references", "seconds"],
            document.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("pairs", 0.93), (document.GetProperty("protocol").GetString(), document.GetProperty("pairs").GetProperty("ensemble").GetProperty("accuracy").GetProperty("value").GetDouble()));
        Assert.Equal("group", document.GetProperty("images").GetProperty("splitBy").GetString());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("oneShot").ValueKind);
    }

    [Fact]
    public async Task Progress_is_shown_and_a_lost_evaluation_is_started_again()
    {
        for (var i = 0; i < 20; i++)
            Evaluation.States.Enqueue(new(IsKnown: true, Progress: new(1024, 10_000)));
        Evaluation.States.Enqueue(new(IsKnown: false));

        Assert.Equal(0, await _client.Run("evaluate", "mine"));

        Assert.Equal(2, Evaluation.Started.Count);
        Assert.Equal("1,024 of 10,000 embeddings computed.\n", _client.Error);
    }

    [Theory]
    [InlineData(EvaluationFault.BadInput, 2, "It is so.")]
    [InlineData(EvaluationFault.NoQuorum, 1, "It is so.")]
    [InlineData(EvaluationFault.Silo, 3, "The cluster could not evaluate the ensemble: It is so; see its log.")]
    public async Task A_fault_is_reported_in_one_sentence(EvaluationFault fault, int code, string sentence)
    {
        Evaluation.States.Enqueue(new(IsKnown: true, Problem: "It is so.", Fault: fault));
        Assert.Equal(code, await _client.Run("evaluate", "mine"));
        Assert.Equal($"{sentence}\n", _client.Error);
    }

    [Fact]
    public async Task A_missing_ensemble_is_refused()
    {
        Evaluation.Refusal = new BadInputException("There is none.");
        Assert.Equal(2, await _client.Run("evaluate", "mine"));
        Assert.Equal("There is none.\n", _client.Error);
    }

    [Fact]
    public async Task Data_can_be_a_path_a_csv_of_pairs_or_the_embedded_digits()
    {
        var csv = Path.Combine(_client.Home, "pairs.csv");
        await File.WriteAllTextAsync(csv, "a.png,b.png,same\n");

        Assert.Equal(0, await _client.Run("evaluate", "mine", "--data", "mnist-mini"));
        Assert.Equal(0, await _client.Run("evaluate", "mine", "--data", _client.Home, "--split-by", "class"));
        Assert.Equal(0, await _client.Run("evaluate", "mine", "--pairs-file", csv, "--label-means", "same"));

        Assert.Equal(DataSource.MnistMini, Evaluation.Started[0].Data);
        Assert.Equal((Path.GetFullPath(_client.Home), SplitBy.Class), (Evaluation.Started[1].Data!.Path, Evaluation.Started[1].SplitBy));
        Assert.Equal((Path.GetFullPath(csv), Relation.Same, EvaluationProtocol.Csv), (Evaluation.Started[2].Data!.Path, Evaluation.Started[2].Data!.LabelMeans, Evaluation.Started[2].Protocol));
    }

    [Theory]
    [InlineData("mine --ways 5", "--ways is only valid with --protocol one-shot; leave it out.")]
    [InlineData("mine --protocol one-shot --pairs 5", "--pairs is only valid with --protocol pairs; leave it out.")]
    [InlineData("mine --protocol one-shot --roc x.csv", "--roc: one-shot trials have no threshold to vary; leave it out.")]
    [InlineData("mine --roc x.csv --det ./x.csv", "--roc and --det name the same file; use two different files.")]
    [InlineData("mine --pairs-file pairs.csv --protocol one-shot", "--pairs-file: there is no file or folder 'pairs.csv'.")]
    [InlineData("mine --protocol two-shot", "--protocol: 'two-shot' is not one of pairs, one-shot, csv.")]
    [InlineData("mine --pairs 0", "--pairs: 0 is not from 1 to 1000000.")]
    [InlineData("mine --pairs 2000000", "--pairs: 2000000 is not from 1 to 1000000.")]
    [InlineData("mine --protocol one-shot --trials 100000", "100000 trials of 20 ways compare 2000000 pairs of images, more than 1000000; give fewer.")]
    [InlineData("mine --data /no/such", "--data: there is no file or folder '/no/such'.")]
    [InlineData("mine --pairs-file x.csv --data y", "--pairs-file replaces --data; leave --data out.")]
    [InlineData("mine@x", "ENSEMBLE: 'x' is not a whole number.")]
    public async Task Invalid_options_are_refused(string line, string sentence)
    {
        Assert.Equal(2, await _client.Run(["evaluate", .. line.Split(' ')]));
        Assert.Equal($"{sentence}\n", _client.Error);
        Assert.Empty(Evaluation.Started);
    }

    /// <summary>Removes the padding of table cells.</summary>
    private static string Squeezed(string line) => string.Join(' ', line.Split([' ', '─'], StringSplitOptions.RemoveEmptyEntries));
}
