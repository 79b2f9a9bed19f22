using Siamese.Client.Commands.Verdicts;
using Siamese.Client.Words;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Evaluations;

/// <summary>How good an ensemble is on images that the user chose: the images, the protocol, and the figures with their intervals.</summary>
internal static class EvaluationReport
{
    /// <summary>Number of errors needed to state a rate within 30 % with 90 % confidence (Doddington et al., 2000).</summary>
    private const int NeededErrors = 30;

    /// <summary>The share of forgeries that Bromley et al. 1993 accept, when they state the share of genuine signatures that they accept.</summary>
    private const double LenientFar = 0.2;

    public static void Write(IAnsiConsole console, Evaluation evaluation)
    {
        foreach (var line in Images(evaluation))
            console.WriteLine(line);
        if (evaluation.Pairs is { } pairs)
            Write(console, evaluation, pairs);
        if (evaluation.OneShot is { } shot)
            Write(console, evaluation, shot);
        if (evaluation.References is { } several)
            Write(console, evaluation, several);
    }

    private static IEnumerable<string> Images(Evaluation evaluation)
    {
        var images = evaluation.Images;
        var of = images.Classes == 0 ? "" : $" of {Classes(images.Classes)}{(images.Groups == 0 ? "" : $" in {Figures.Of(images.Groups, "group")}")}";
        yield return $"Ensemble {evaluation.Ensemble}, version {evaluation.Version}, {Figures.Of(evaluation.Members, "member")}, "
            + $"on {images.Data}: {Figures.Of(images.Count, "image")}{of}.";
        var data = images.IsTrainedOn ? "the data set that the ensemble was trained on" : "the data set";
        yield return (images.Choice, images.SplitBy) switch
        {
            (ImageChoice.All, _) => $"Uses all images of {data}.",
            (_, { } split) => $"Uses the test images of {data}, split by {Word.Of(split)}.",
            _ => $"Uses the test images that come with {data}.",
        };
        if (images.UsedBefore is null)
            yield return "Cannot tell whether the ensemble was trained on some of them: its training data is missing or has changed.";
        if (images.UsedBefore > 0)
            yield return $"Warning: the ensemble was trained or validated on {Figures.Count(images.UsedBefore.Value)} of them, so these figures are too optimistic.";
        foreach (var remark in images.Remarks)
            yield return OptionNames.InOptions(remark);
    }

    private static void Write(IAnsiConsole console, Evaluation evaluation, PairEvaluation pairs)
    {
        var request = evaluation.Request;
        var counts = $"{Figures.Count(pairs.Same)} same and {Figures.Count(pairs.Different)} different";
        console.WriteLine(request.Protocol is EvaluationProtocol.Csv
            ? $"Protocol csv: {counts} pairs, as listed in the CSV."
            : $"Protocol pairs: {counts} pairs, {Negatives(evaluation)}, drawn with seed {request.Seed}.");
        Write(console, Table("ensemble", $"best member {Figures.ShortId(evaluation.BestMember)}"), pairs.Ensemble, pairs.BestMember, pairs.CalibrationError);
        if (evaluation.Members > 1)
            console.WriteLine(InWords(pairs.Difference));

        if (0.001 * pairs.Different < NeededErrors)
            console.WriteLine($"FAR 0.1 % is {Figures.Count((int)(0.001 * pairs.Different))} of these different pairs, too few for a reliable rate; at least {NeededErrors} are needed.");
        console.WriteLine($"Accuracy gives same and different pairs equal weight. The best member is the one with the lowest validation EER. "
            + $"Intervals are 95 %, from a bootstrap over the {Figures.Of(pairs.Images, "image")} in the pairs.");
    }

    private static void Write(IAnsiConsole console, Evaluation evaluation, ReferenceEvaluation several)
    {
        var request = evaluation.Request;
        var against = evaluation.Images.Forged > 0 ? "forgeries of the class" : "images of other classes";
        console.WriteLine(
            $"Protocol pairs with {request.References} references: {Figures.Count(several.Same)} images of the references' class and {Figures.Count(several.Different)} {against}, drawn with seed {request.Seed}; compared by {VerdictReport.InWords(several.Rule)}"
            + (several.CalibratedFor < request.References ? $", calibrated for {several.CalibratedFor} references, the most that validation images sufficed for." : "."));
        Write(console, Table($"{request.References} references", "1 reference"), several.Several, several.One, several.CalibrationError);
        console.WriteLine(InWords(several.Difference));
        var rejected = several.Curve.Where(point => point.Far <= LenientFar).Min(point => point.Frr);
        console.WriteLine($"At a threshold that rejects 80 % of the others, {Figures.Percent(1 - rejected)} of the images of the class are accepted.");
        console.WriteLine($"Accuracy gives both kinds equal weight. Intervals are 95 %, from a bootstrap over the {Figures.Of(several.Images, "image")} in the trials.");
    }

    private static void Write(IAnsiConsole console, Table table, PairFigures first, PairFigures second, Estimate calibrationError)
    {
        Row(table, "accuracy at own threshold", first.Accuracy, second.Accuracy);
        Row(table, "EER", first.Eer, second.Eer);
        Row(table, "AUC", first.Auc, second.Auc);
        Row(table, "TAR at FAR 1 %", first.TarAtFar01, second.TarAtFar01);
        Row(table, "TAR at FAR 0.1 %", first.TarAtFar001, second.TarAtFar001);
        Row(table, "calibration error", calibrationError, null);
        console.Write(table);
    }

    private static string InWords(Estimate difference)
    {
        var (value, low, high) = difference;
        return $"EER difference: {Figures.Points(value)} points ({Figures.Points(low)} to {Figures.Points(high)}), {(high < 0 || low > 0 ? "unlikely to be chance" : "may be chance")}.";
    }

    private static void Write(IAnsiConsole console, Evaluation evaluation, OneShotEvaluation shot)
    {
        var request = evaluation.Request;
        var among = shot.Groups > 0
            ? $"each within one of {Figures.Of(shot.Groups, "group")}{(shot.GroupsLeftOut > 0 ? $" ({shot.GroupsLeftOut} left out: too few classes)" : "")}"
            : "from any classes";
        console.WriteLine($"Protocol one-shot: {Figures.Of(request.Trials, "trial")} of {request.Ways} ways, {among}; {Drawers(shot.Drawers)}; drawn with seed {request.Seed}.");
        var table = Table("ensemble", $"best member {Figures.ShortId(evaluation.BestMember)}");
        Row(table, "accuracy", shot.Ensemble, shot.BestMember);
        console.Write(table);
        console.WriteLine(
            $"Chance level is {Figures.Percent(1.0 / request.Ways)}. The best member is the one with the lowest validation EER. Intervals are 95 %, from a bootstrap over "
            + (shot.IsByGroups ? $"the {Figures.Of(shot.Groups, "group")}." : $"the {Classes(shot.Classes)} of the queries{(shot.Groups > 0 ? "; other groups may differ more" : "")}."));
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

    private static string Negatives(Evaluation evaluation) =>
        evaluation.Images.Forged > 0 ? "different pairs of genuine images and forgeries, and of genuine images of any two classes"
        : evaluation.Request.Negatives is Contracts.Evaluations.Negatives.SameGroup ? "each different pair within one group"
        : "different pairs from any two classes";

    private static string Drawers(DrawerRule drawers) => drawers switch
    {
        DrawerRule.OneAndAnother => "candidates by one drawer, query by another",
        DrawerRule.Different => "query and matching candidate by different drawers",
        _ => "drawers unknown",
    };
}
