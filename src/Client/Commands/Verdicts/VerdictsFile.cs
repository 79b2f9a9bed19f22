using System.Globalization;
using System.Text;
using CsvHelper;
using Siamese.Client.Files;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Commands.Verdicts;

/// <summary>
/// A CSV of verdicts in the order of their pairs. An interrupted run leaves the rows that it has written. The next run
/// resumes after them, and first replaces those without a verdict and those whose images have changed since.
/// </summary>
internal sealed class VerdictsFile : IDisposable
{
    private static readonly string[] _columns =
        ["first", "second", "verdict", "probability", "distance", "threshold", "disagreement", "ensemble", "version", "terms", "id", "problem"];

    private static readonly byte[] _header = Encoding.UTF8.GetBytes($"{string.Join(',', _columns)}\n");

    private static readonly CsvReaderOptions _options = new() { HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    private readonly string _path;
    private StreamWriter _text;
    private CsvWriter _writer;
    private bool _isBroken;

    private VerdictsFile(FileStream stream, string path)
    {
        _path = path;
        (_text, _writer) = On(stream);
    }

    /// <summary>Number of rows that were already there.</summary>
    public int Earlier { get; private init; }

    /// <summary>Those of them, from 0, that have no verdict or whose images have changed since.</summary>
    public IReadOnlyList<int> Again { get; private init; } = [];

    /// <summary>The ensemble, version and terms of those rows; null if no row has a verdict yet.</summary>
    public (string Name, int Version, string Terms)? Judge { get; private init; }

    /// <summary>Opens a file to resume it, or creates it.</summary>
    /// <param name="pairs">The pairs that the file is for.</param>
    /// <exception cref="BadInputException">It is not a file of verdicts, is for other pairs, or cannot be written.</exception>
    public static VerdictsFile Open(string path, PairsFile pairs)
    {
        try
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            try
            {
                if (!stream.CanSeek)
                    throw new BadInputException($"{path} is a pipe or a device, which cannot be resumed. Choose a regular file for --out.");
                return GoOn(stream, path, pairs);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"{path} cannot be written ({e.Message}). Choose another --out.", e);
        }
    }

    /// <summary>Replaces earlier rows. Until all of them are written, the file stays as it was.</summary>
    /// <param name="answers">The number of each row, from 0, ascending, with its pair and the new answer.</param>
    /// <param name="terms">The terms of the answers.</param>
    /// <exception cref="BadInputException">It cannot be written, for example because the disk is full.</exception>
    public void Replace(IEnumerable<(int Row, string First, string Second, PairVerdict Answer)> answers, string terms) => Put(() =>
    {
        var replaced = $"{_path}.replaced";
        using (var stream = new FileStream(replaced, FileMode.Create, FileAccess.ReadWrite, FileShare.Read))
        {
            using var next = answers.GetEnumerator();
            using var reader = CsvReader.FromFile(_path, _options);
            using var file = new VerdictsFile(stream, replaced);
            var has = next.MoveNext();
            for (var row = -1; reader.Read(); row++)
            {
                if (has && row == next.Current.Row)
                {
                    file.Write(next.Current.First, next.Current.Second, next.Current.Answer, terms);
                    has = next.MoveNext();
                }
                else
                {
                    file.Write(reader.Current.ToArray());
                }
            }
        }

        Close();
        File.Move(replaced, _path, overwrite: true);
        (_text, _writer) = On(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read));
    });

    /// <summary>Writes the answer for a pair.</summary>
    /// <exception cref="BadInputException">It cannot be written, for example because the disk is full.</exception>
    public void Write(string first, string second, PairVerdict answer, string terms)
    {
        (first, second) = (SafeCell.OfPath(first), SafeCell.OfPath(second));
        if (answer.Verdict is { } verdict)
        {
            Write(
                first, second, Word.Of(verdict.Answer), Number(verdict.Probability), Number(verdict.Distance), Number(verdict.Threshold),
                Number(verdict.Disagreement), verdict.Ensemble, Number(verdict.Version), terms, verdict.Id ?? "", string.Join("; ", verdict.Doubts));
        }
        else
        {
            Write(first, second, "", "", "", "", "", "", "", "", "", SafeCell.OfText(answer.Problem!.ReplaceLineEndings(" ")));
        }
    }

    /// <summary>Flushes, so that what was written outlives this process.</summary>
    /// <exception cref="BadInputException">It cannot be written, for example because the disk is full.</exception>
    public void Flush() => Put(() =>
    {
        _writer.Flush();
        _text.Flush();
    });

    public void Dispose()
    {
        try
        {
            Close();
        }
        catch (IOException) when (_isBroken)
        {
            // Already reported.
        }
    }

    private void Close()
    {
        _writer.Dispose();
        _text.Dispose();
    }

    private static VerdictsFile GoOn(FileStream stream, string path, PairsFile pairs)
    {
        // Never truncate a file that is not ours.
        var start = new byte[_header.Length];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!_header.AsSpan().StartsWith(start.AsSpan(0, read)))
            throw NotOurs(path);
        var written = File.GetLastWriteTimeUtc(path);
        stream.SetLength(EndOfLastLine(stream));
        var (earlier, again, judge) = stream.Length == 0 ? (0, [], null) : Check(path, pairs, written);
        stream.Seek(0, SeekOrigin.End);
        var file = new VerdictsFile(stream, path) { Earlier = earlier, Again = again, Judge = judge };
        if (stream.Length == 0)
            file.Write(_columns);
        return file;
    }

    private static long EndOfLastLine(FileStream stream)
    {
        for (var end = stream.Length; end > 0; end--)
        {
            stream.Seek(end - 1, SeekOrigin.Begin);
            if (stream.ReadByte() == '\n')
                return end;
        }

        return 0;
    }

    private static (int Rows, List<int> Again, (string, int, string)? Judge) Check(string path, PairsFile pairs, DateTime written)
    {
        using var reader = CsvReader.FromFile(path, _options);
        var rows = -1; // The header's.
        var again = new List<int>();
        var changed = new Dictionary<string, bool>();
        (string, int, string)? judge = null;
        using var expected = pairs.Read().GetEnumerator();
        try
        {
            for (; reader.Read(); rows++)
            {
                var fields = reader.Current.ToArray();
                if (rows < 0)
                    continue;
                if (fields.Length != _columns.Length)
                    throw NotOurs(path);
                if (!expected.MoveNext() || (SafeCell.OfPath(expected.Current.First), SafeCell.OfPath(expected.Current.Second)) != (SafeCell.OfPath(fields[0]), SafeCell.OfPath(fields[1])))
                    throw new BadInputException($"{path} row {reader.LineNumber} is a verdict on a different pair than in --pairs. Choose another --out, or remove the file.");
                if (fields[2].Length == 0 || HasChanged(fields[0]) || HasChanged(fields[1]))
                    again.Add(rows);
                if (judge is null && int.TryParse(fields[8], CultureInfo.InvariantCulture, out var version))
                    judge = (fields[7], version, fields[9]);
            }
        }
        catch (CsvFormatException)
        {
            throw NotOurs(path);
        }

        return (rows, again, judge);

        bool HasChanged(string image)
        {
            if (!changed.TryGetValue(image, out var isNewer))
                changed.Add(image, isNewer = new FileInfo(pairs.PathOf(image)) is { Exists: true } file && file.LastWriteTimeUtc > written);
            return isNewer;
        }
    }

    private static (StreamWriter, CsvWriter) On(FileStream stream)
    {
        var text = new StreamWriter(stream);
        return (text, CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true));
    }

    private static BadInputException NotOurs(string path) =>
        new($"{path} already exists and is not a file of verdicts. Choose another --out, or remove the file.");

    private void Write(params string[] fields) => Put(() =>
    {
        foreach (var field in fields)
            _writer.WriteField(field);
        _writer.EndRecord();
    });

    private void Put(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            _isBroken = true;
            throw new BadInputException($"{_path} cannot be written any further ({e.Message}). Its rows are kept; free some space and run the command again to resume.", e);
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
