using System.Globalization;
using Siamese.Client.Commands.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;

namespace Siamese.Bench.Search;

/// <summary>A table to replay searches on: points trained once, with the validation EER after each epoch.</summary>
internal static class RecordedTable
{
    private const char Separator = ',';

    /// <summary>Where the table and its search space are kept.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../Search"));

    public static string File { get; } = Path.Combine(Folder, "recorded.csv");

    /// <summary>The space that the points were drawn from.</summary>
    public static SearchSpace Space { get; } = SpaceFile.Read(Path.Combine(Folder, "recorded-space.json"));

    /// <summary>The dimensions that vary, in the order of the table's columns.</summary>
    public static IReadOnlyList<Hyperparameter> Columns { get; } = [.. Hyperparameter.All.Where(h => Space.Find(h.Name) is { } dimension && (dimension.Range is not null || dimension.Values.Length > 1))];

    /// <param name="file">The table's file; it may not exist yet.</param>
    public static IReadOnlyList<RecordedTrial> Read(string file) => System.IO.File.Exists(file) ? [.. System.IO.File.ReadLines(file).Skip(1).Select(Parse)] : [];

    /// <param name="file">The table's file; it may not exist yet.</param>
    /// <param name="trial">The new trial.</param>
    public static void Append(string file, RecordedTrial trial)
    {
        if (!System.IO.File.Exists(file))
            System.IO.File.WriteAllText(file, string.Join(Separator, [.. Columns.Select(column => column.Name), "seed", "seconds", "validation EER by epoch"]) + "\n");
        string[] cells =
        [
            .. Columns.Select(column => column.Get(trial.Point)?.ToString() ?? ""),
            Write(trial.Seed),
            Write(Math.Round(trial.Seconds, 2)),
            .. trial.Eers.Select(eer => Write(Math.Round(eer, 5))),
        ];
        System.IO.File.AppendAllText(file, string.Join(Separator, cells) + "\n");
    }

    private static RecordedTrial Parse(string line)
    {
        var cells = line.Split(Separator);
        var stated = Space.Dimensions.Where(dimension => dimension.Values.Length == 1).ToDictionary(dimension => dimension.Hyperparameter, dimension => dimension.Values[0]);
        foreach (var (column, cell) in Columns.Zip(cells))
            stated[column.Name] = cell.Length == 0 ? Any(Space.Find(column.Name)!) : column.Range.IsWord ? cell : Number(cell);
        var numbers = cells[Columns.Count..].Select(Number).ToArray();
        return new RecordedTrial(Point.Settle(Space, stated).Hyperparameters, (int)numbers[0], numbers[1], numbers[2..]);
    }

    /// <summary>An arbitrary value for a dimension that does not apply at this point; it is ignored.</summary>
    private static HyperparameterValue Any(Dimension dimension) => dimension.Range is { } range ? range.Low : dimension.Values[0];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static string Write(double number) => number.ToString(CultureInfo.InvariantCulture);
}
