using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

/// <summary>A temporary folder for data, deleted when the test ends.</summary>
internal sealed class DataFolder : IDisposable
{
    public static readonly ImageShape Small = new(8, 8);

    public string Path { get; } = Directory.CreateTempSubdirectory("siamese-data-").FullName;

    public string At(string relative) => System.IO.Path.Combine(Path, relative);

    public string Write(string relative, byte[] bytes)
    {
        var path = At(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string relative, string text) => Write(relative, System.Text.Encoding.UTF8.GetBytes(text));

    public void WriteGz(string relative, byte[] bytes) => Write(relative, SomeImages.Gz(bytes));

    /// <summary>Classes of distinct PNG images: `class/00.png` and so on, or `group/class/00.png` if the names contain a group.</summary>
    public void WriteClasses(int imagesEach, params string[] classes)
    {
        for (var label = 0; label < classes.Length; label++)
        {
            for (var i = 0; i < imagesEach; i++)
                Write($"{classes[label]}/{i:00}.png", SomeImages.Png(1000 * label + i));
        }
    }

    public DataSet Open(SplitBy splitBy = SplitBy.Image, Relation? labelMeans = null, string? file = null) =>
        Open(new DataSource { SplitBy = splitBy, LabelMeans = labelMeans }, file);

    /// <summary>Opens the folder or a file in it.</summary>
    public DataSet Open(DataSource source, string? file = null) =>
        DataSets.Open(source with { Path = file is null ? Path : At(file) }, Small, CancellationToken.None);

    /// <summary>Opens, expects a refusal, and returns its message.</summary>
    public string Refusal(SplitBy splitBy = SplitBy.Image, Relation? labelMeans = null, string? file = null) =>
        Assert.Throws<BadInputException>(() => Open(splitBy, labelMeans, file)).Message;

    /// <summary>Opens, and expects a refusal that names a file and a reason.</summary>
    public void Refuses(string named, string reason)
    {
        var message = Refusal();
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
