using System.Collections.Immutable;
using System.Globalization;
using Siamese.Client.Words;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Galleries;

/// <summary>Prints who is enrolled, and who an image shows.</summary>
internal static class GalleryReport
{
    /// <summary>Maximum number of images to list; the JSON document has all of them.</summary>
    private const int MostListed = 20;

    /// <param name="isNewest">Whether the ensemble was chosen as the newest rather than named by the user.</param>
    public static void Write(IAnsiConsole console, Identification identification, bool isNewest)
    {
        if (!identification.Matches.Any(match => match.Relation is Relation.Same))
            console.WriteLine("No match: nobody enrolled is close enough. The nearest:");
        var width = identification.Matches.Max(match => match.Name.Length);
        foreach (var match in identification.Matches)
        {
            console.WriteLine(
                $"{match.Name.PadRight(width)}  {Word.Of(match.Relation)}: probability of same {Figures.Percent(match.Probability)}, "
                + $"distance {Figures.Decimals(match.Distance)} (same up to {Figures.Decimals(identification.Threshold)})");
        }

        console.WriteLine(
            $"searched {Figures.Of(identification.References, "enrolled image")}; ensemble {identification.Ensemble}{(isNewest ? " (the newest)" : "")}, "
            + string.Create(CultureInfo.InvariantCulture, $"version {identification.Version}, {identification.Milliseconds:0.0} ms"));
        AbsentMembers.Write(console, identification.Absent);
    }

    public static void Write(IAnsiConsole console, Enrolment enrolment, string ensemble, double seconds)
    {
        console.WriteLine(
            $"Enrolled {Figures.Of(enrolment.Added, "image")} with ensemble {ensemble} in {Figures.Duration(seconds)}"
            + (enrolment.Known > 0 ? $"; {Figures.Of(enrolment.Known, "image")} already enrolled." : "."));
        List(console, enrolment.Shared, "already had another name");
        List(console, enrolment.Problems, "could not be enrolled");
    }

    private static void List(IAnsiConsole console, ImmutableArray<string> sentences, string which)
    {
        if (sentences.IsEmpty)
            return;
        console.WriteLine($"{Figures.Of(sentences.Length, "image")} {which}:");
        foreach (var sentence in sentences.Take(MostListed))
            console.WriteLine($"  {sentence}");
        if (sentences.Length > MostListed)
            console.WriteLine($"  and {Figures.Count(sentences.Length - MostListed)} more; --format json lists them all");
    }

    public static void Write(IAnsiConsole console, string ensemble, ImmutableArray<EnrolledName> names)
    {
        foreach (var name in names)
            console.WriteLine($"{name.Name}  {Figures.Of(name.Images, "image")}");
        console.WriteLine(names.IsEmpty
            ? $"Nobody is enrolled with ensemble {ensemble}; try: client enroll NAME IMAGE"
            : $"{Figures.Of(names.Length, "name")} with {Figures.Of(names.Sum(name => name.Images), "image")} enrolled with ensemble {ensemble}");
    }
}
