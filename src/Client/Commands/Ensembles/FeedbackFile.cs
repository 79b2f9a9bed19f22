using Siamese.Contracts;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Client.Commands.Ensembles;

/// <summary>A CSV of feedback: a header that names the columns `id` and `truth`, among others, and a row for each verdict.</summary>
internal static class FeedbackFile
{
    private const string Id = "id", Truth = "truth";

    private const string HowTo = $"The first row must name the columns {Id} and {Truth}; every other row gives a verdict's id and same or different.";

    /// <summary>Every row that states what its pair is.</summary>
    /// <exception cref="BadInputException">The file cannot be read, a column is missing, or a row is not valid.</exception>
    public static List<Feedback> Read(string path)
    {
        if (!File.Exists(path))
            throw new BadInputException($"There is no CSV of feedback '{path}'.");
        var given = new List<Feedback>();
        (int Id, int Truth)? columns = null;
        var problems = new Problems();
        foreach (var (line, fields) in ListTable.Read(path).Rows)
        {
            if (columns is not var (id, truth))
                columns = Columns(path, fields);
            else if (fields.Length > Math.Max(id, truth) && fields[id].Length > 0 && fields[truth].Length > 0)
                problems.Try(() => given.Add(Checked(FormattableString.Invariant($"{path} row {line}"), fields[id], fields[truth])));
        }

        problems.ThrowIfAny(path);
        return given.Count > 0 ? given : throw new BadInputException($"{path} contains no feedback. {HowTo}");
    }

    private static (int Id, int Truth) Columns(string path, string[] header) => (Array.FindIndex(header, name => LabelWords.Plain(name) == Id), Array.FindIndex(header, name => LabelWords.Plain(name) == Truth)) switch
    {
        ( >= 0, >= 0) columns => columns,
        _ => throw new BadInputException($"{path} has no columns {Id} and {Truth} in its first row. {HowTo}"),
    };

    private static Feedback Checked(string source, string verdict, string truth)
    {
        try
        {
            VerdictId.Parse(verdict);
            return new(verdict, LabelWords.Of(truth) switch
            {
                LabelWord.Same => Relation.Same,
                LabelWord.Different => Relation.Different,
                _ => throw new BadInputException($"{source}: '{truth}' is not one of same, different."),
            });
        }
        catch (BadInputException e) when (!e.Message.StartsWith(source, StringComparison.Ordinal))
        {
            throw new BadInputException($"{source}: {e.Message}", e);
        }
    }
}
