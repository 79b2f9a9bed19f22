using CsvHelper;
using Siamese.Client.CommandLine;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Verdicts;

/// <summary>A CSV of feedback: a header that names the columns `id` and `truth` among any others, and a row for each verdict.</summary>
internal static class FeedbackFile
{
    private const string Id = "id", Truth = "truth";

    /// <summary>Every row that says what its pair is.</summary>
    /// <exception cref="BadInputException">The file cannot be read, a column is missing, or a row cannot be taken.</exception>
    public static List<Feedback> Read(string path)
    {
        try
        {
            // Asked before opening: a pipe, which has no length, would never end.
            if (!File.Exists(path) || new FileInfo(path).Length == 0)
                throw new BadInputException($"There is no CSV of feedback '{path}', or it is empty.");
            using var reader = CsvReader.FromFile(path, Csv.Options);
            return [.. Rows(reader, path)];
        }
        catch (CsvFormatException e)
        {
            throw new BadInputException($"{path} row {e.LineNumber} cannot be taken apart. See to its quotes.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({e.Message}). See that it may be read.", e);
        }
    }

    private static IEnumerable<Feedback> Rows(CsvReader reader, string path)
    {
        string[] header = reader.Read() ? reader.Current.ToArray() : [];
        var (id, truth) = (Array.IndexOf(header, Id), Array.IndexOf(header, Truth));
        if (id < 0 || truth < 0)
            throw new BadInputException($"{path} has no columns {Id} and {Truth} in its first row. Name them there; a row is a verdict's id and same or different.");
        while (reader.Read())
        {
            var fields = reader.Current.ToArray();
            if (fields.Length <= Math.Max(id, truth) || fields[id].Length == 0 || fields[truth].Length == 0)
                continue;
            var source = $"{path} row {reader.LineNumber}";
            yield return Checked(source, new(fields[id], Word.Read<Relation>(source, fields[truth])));
        }
    }

    private static Feedback Checked(string source, Feedback feedback)
    {
        try
        {
            VerdictId.Parse(feedback.Verdict);
            return feedback;
        }
        catch (BadInputException e)
        {
            throw new BadInputException($"{source}: {e.Message}", e);
        }
    }
}
