using Siamese.Client.CommandLine;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Sweeps;
using Spectre.Console;

namespace Siamese.Client.Output.Reports;

/// <summary>What an ensemble is worth on images that the user chose: on which, by what protocol, and the figures with their intervals.</summary>
internal static class EvaluationReport
{
    /// <summary>So many errors are needed to state a rate within 30 % with 90 % confidence (Doddington et al., 2000).</summary>
    private const int NeededErrors = 30;

    public static void Write(IAnsiConsole console, Evaluation evaluation)
    {
        foreach (var line in Images(evaluation))
            console.WriteLine(line);
        if (evaluation.Pairs is { } pairs)
            Write(console, evaluation, pairs);
        if (evaluation.OneShot is { } shot)
            Write(console, evaluation, shot);
    }

    private static IEnumerable<string> Images(Evaluation evaluation)
    {
        var images = evaluation.Images;
        var of = images.Classes == 0 ? "" : $" of {Classes(images.Classes)}{(images.Groups == 0 ? "" : $" in {Figures.Of(images.Groups, "group")}")}";
        yield return $"Ensemble {evaluation.Ensemble}, version {evaluation.Version}, {Figures.Of(evaluation.Members, "member")}, "
            + $"on {images.Data}: {Figures.Of(images.Count, "image")}{of}.";
        var data = images.IsTrainedOn ? "the data that the ensemble was trained on" : "the data";
        yield return (images.Choice, images.SplitBy) switch
        {
            (ImageChoice.All, _) => $"They are all images of {data}.",
            (_, { } split) => $"They are the test images of {data}, split by {Word.Of(split)}.",
            _ => $"They are the test images that {data} brings along.",
        };
        if (images.UsedBefore is null)
            yield return "Whether the ensemble was trained on some of them cannot be told: the data that it was trained on is not there as it was.";
        if (images.UsedBefore > 0)
            yield return $"Warning: the ensemble was trained or validated on {Figures.Count(images.UsedBefore.Value)} of them, so these figures flatter.";
        foreach (var remark in images.Remarks)
            yield return remark;
    }

    private static void Write(IAnsiConsole console, Evaluation evaluation, PairEvaluation pairs)
    {
        var request = evaluation.Request;
        var counts = $"{Figures.Count(pairs.Same)} same and {Figures.Count(pairs.Different)} different";
        console.WriteLine(request.Protocol is EvaluationProtocol.Csv
            ? $"Protocol csv: {counts} pairs, as the CSV lists them."
            : $"Protocol pairs: {counts} pairs, {Negatives(request.Negatives)}, drawn with seed {request.Seed}.");
        var table = Table("ensemble", $"best member {Figures.ShortId(evaluation.BestMember)}");
        Row(table, "accuracy at own threshold", pairs.Ensemble.Accuracy, pairs.BestMember.Accuracy);
        Row(table, "EER", pairs.Ensemble.Eer, pairs.BestMember.Eer);
        Row(table, "AUC", pairs.Ensemble.Auc, pairs.BestMember.Auc);
        Row(table, "TAR at FAR 1 %", pairs.Ensemble.TarAtFar01, pairs.BestMember.TarAtFar01);
        Row(table, "TAR at FAR 0.1 %", pairs.Ensemble.TarAtFar001, pairs.BestMember.TarAtFar001);
        Row(table, "calibration error", pairs.CalibrationError, null);
        console.Write(table);
        if (evaluation.Members > 1)
        {
            var (value, low, high) = pairs.Difference;
            var judgement = high < 0 || low > 0 ? "more than chance" : "which may be chance";
            console.WriteLine($"Difference of EER: {Figures.Points(value)} points ({Figures.Points(low)} to {Figures.Points(high)}), {judgement}.");
        }

        if (0.001 * pairs.Different < NeededErrors)
            console.WriteLine($"FAR 0.1 % is {Figures.Count((int)(0.001 * pairs.Different))} of these different pairs, too few to state a rate by: {NeededErrors} or more would tell.");
        console.WriteLine($"Accuracy weighs each kind half. The best member is the one with the lowest validation EER. Intervals hold 95 %, by bootstrap over the {Figures.Of(pairs.Images, "image")} of the pairs.");
    }

    private static void Write(IAnsiConsole console, Evaluation evaluation, OneShotEvaluation shot)
    {
        var request = evaluation.Request;
        var among = shot.Groups > 0
            ? $"the classes of each of one of {Figures.Of(shot.Groups, "group")} in turn{(shot.GroupsLeftOut > 0 ? $" ({shot.GroupsLeftOut} left out, with fewer classes)" : "")}"
            : "of any classes";
        console.WriteLine($"Protocol one-shot: {Figures.Of(request.Trials, "trial")} of {request.Ways} ways, {among}; {Drawers(shot.Drawers)}; drawn with seed {request.Seed}.");
        var table = Table("ensemble", $"best member {Figures.ShortId(evaluation.BestMember)}");
        Row(table, "accuracy", shot.Ensemble, shot.BestMember);
        console.Write(table);
        console.WriteLine(
            $"By chance it would be {Figures.Percent(1.0 / request.Ways)}. The best member is the one with the lowest validation EER. Intervals hold 95 %, by bootstrap over "
            + (shot.IsByGroups ? $"the {Figures.Of(shot.Groups, "group")}." : $"the {Classes(shot.Classes)} that were asked about{(shot.Groups > 0 ? "; other groups may differ by more" : "")}."));
    }

    private static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)) { Alignment = Justify.Right });
        return table;
    }

    private static void Row(Table table, string name, Estimate ensemble, Estimate? member) =>
        table.AddRow(new Text(name), new Text(Cell(ensemble)), new Text(member is { } its ? Cell(its) : ""));

    private static string Cell(Estimate estimate) => $"{Figures.Percent(estimate.Value)} ({Figures.Points(estimate.Low)} to {Figures.Points(estimate.High)})";

    private static string Classes(int count) => count == 1 ? "1 class" : $"{Figures.Count(count)} classes";

    private static string Negatives(Negatives negatives) =>
        negatives is Contracts.Evaluations.Negatives.SameGroup ? "the different ones within a group each" : "the different ones of any two classes";

    private static string Drawers(DrawerRule drawers) => drawers switch
    {
        DrawerRule.OneAndAnother => "all images to choose from by one drawer, the other one by another",
        DrawerRule.Different => "the two images of the same class by different drawers",
        _ => "who drew the images is not known",
    };
}
