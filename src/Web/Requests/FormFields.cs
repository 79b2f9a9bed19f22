using System.Globalization;
using Microsoft.AspNetCore.Http;
using Siamese.Contracts;

namespace Siamese.Web.Requests;

/// <summary>Reads the fields and the files of a form.</summary>
internal sealed class FormFields(IFormCollection form)
{
    /// <summary>A field; null if it is not there.</summary>
    /// <exception cref="BadInputException">It is stated more than once.</exception>
    public string? Text(string name) => form[name] switch
    {
        [] => null,
        [{ } one] => one,
        _ => throw new BadInputException($"The field '{name}' is stated more than once."),
    };

    /// <inheritdoc cref="Number(string, string)"/>
    public double? Number(string name) => Text(name) is { } text ? Number(name, text) : null;

    /// <inheritdoc cref="Whole(string, string)"/>
    public int? Whole(string name) => Text(name) is { } text ? Whole(name, text) : null;

    /// <summary>The number that the text of a field is.</summary>
    /// <exception cref="BadInputException">It is not a number.</exception>
    public static double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new BadInputException($"'{name}': '{PlainText.Of(text)}' is not a number.");

    /// <summary>The whole number that the text of a field is.</summary>
    /// <exception cref="BadInputException">It is not a whole number.</exception>
    public static int Whole(string name, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new BadInputException($"'{name}': '{PlainText.Of(text)}' is not a whole number.");

    /// <summary>The image in a file, with the pen strokes in the file `…Strokes`; null if it is not there.</summary>
    /// <exception cref="BadInputException">There are several.</exception>
    public async Task<ImageDocument?> Image(string name)
    {
        var files = Files(name);
        return files.Length > 1 ? throw new BadInputException($"The file '{name}' is there more than once; several references are files 'reference'.")
            : files is [var file] ? await Image(file, Files($"{name}Strokes").FirstOrDefault()) : null;
    }

    /// <summary>The images in several files, each with the pen strokes in the file `…Strokes` at the same place.</summary>
    /// <exception cref="BadInputException">There are some files of pen strokes, but another number of them.</exception>
    public async Task<ImageDocument[]> Images(string name)
    {
        var (files, strokes) = (Files(name), Files($"{name}Strokes"));
        if (strokes.Length != 0 && strokes.Length != files.Length)
            throw new BadInputException($"There are {files.Length} files '{name}' and {strokes.Length} files '{name}Strokes'; send as many of both, in the same order.");
        return await Task.WhenAll(files.Select((file, i) => Image(file, strokes.Length == 0 ? null : strokes[i])));
    }

    /// <summary>The files with a name. A browser sends one without name and content for a field in which nothing was chosen.</summary>
    private IFormFile[] Files(string name) => [.. form.Files.GetFiles(name).Where(file => file.Length > 0 || file.FileName.Length > 0)];

    private static async Task<ImageDocument> Image(IFormFile file, IFormFile? strokes) =>
        new(await Bytes(file), file.FileName is { Length: > 0 } name ? PlainText.Of(name) : null, strokes is null ? null : await Bytes(strokes));

    private static async Task<byte[]> Bytes(IFormFile file)
    {
        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
