using Siamese.Build;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

public sealed class CodeVersionTests
{
    private const string Packages = "TorchSharp=1";

    private static readonly Dictionary<string, string> _files = typeof(CodeVersionTests).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("weight-code/", StringComparison.Ordinal))
        .ToDictionary(name => name["weight-code/".Length..], Text);

    /// <summary>File, text in it, and what it becomes. Each changes what is computed.</summary>
    public static TheoryData<string, string, string> Changes => new()
    {
        { "OnePassAdam", "0.999", "0.998" },
        { "ContrastiveLoss", "AtLeast(0)", "AtLeast(1)" },
        { "CircleLoss", "1", "2" },
        { "Warp", "2", "3" },
        { "StrokeWidth", "1", "2" },
        { "ConvEncoder", "64", "63" },
        { "LearningRates", "25", "20" },
        { "Pairing", "Batch,", "Other," },
        { "Keep", "Best,", "Middle," },
        { "Optimizer", "Adam,", "Sgd2," },
        { "Hyperparameters", "2e-3", "3e-3" },
    };

    [Fact]
    public void The_code_that_decides_weights_is_listed_with_its_version()
    {
        var lines = Text("code-versions.txt").Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split(' '));

        Assert.True(
            lines.Any(words => words.Length > 1 && words[0] == CodeVersion.Tokens && words[1] == CodeVersion.Current),
            $"The code that decides weights has changed: {CodeVersion.Tokens} is not listed in build/code-versions.txt, which says what to do.");
    }

    [Fact]
    public void The_version_is_16_hexadecimal_digits() => Assert.Matches("^[0-9a-f]{16}$", CodeVersion.Current);

    [Theory, MemberData(nameof(Changes))]
    public void Changing_what_is_computed_changes_the_hash(string file, string text, string other)
    {
        Assert.Contains(text, _files[file], StringComparison.Ordinal);

        Assert.NotEqual(Hash(_files), Hash(_files, (file, source => source.Replace(text, other, StringComparison.Ordinal))));
    }

    [Fact]
    public void Another_version_of_the_package_that_computes_changes_the_hash() =>
        Assert.NotEqual(TokenHash.Of(_files.Values, Packages), TokenHash.Of(_files.Values, "TorchSharp=2"));

    [Theory, InlineData("OnePassAdam"), InlineData("Warp"), InlineData("Pairing")]
    public void Comments_and_formatting_keep_the_hash(string file)
    {
        var edited = Hash(_files, (file, source => "// another comment\n" + source
            .Replace("/// <summary>", "/// <summary>Edited: // \"quoted\" /* as well */", StringComparison.Ordinal)
            .Replace("\n", "\r\n  ", StringComparison.Ordinal)));

        Assert.Equal(Hash(_files), edited);
    }

    [Fact]
    public void Moving_a_file_into_another_folder_keeps_the_hash()
    {
        var moved = Hash(_files, ("OnePassAdam", source => "using System.Text;\n" + source
            .Replace("namespace Siamese.Model.", "namespace Siamese.Model.Elsewhere.", StringComparison.Ordinal)));

        Assert.Equal(Hash(_files), moved);
        Assert.Equal(Hash(_files), TokenHash.Of(_files.Reverse().Select(file => file.Value), Packages));
    }

    [Fact]
    public void A_machine_states_its_platform_and_its_vectors() => Assert.Matches("^[a-z0-9.]+-[a-z0-9]+, (128|256|512)-bit vectors$", MachineKind.Current);

    private static string Hash(Dictionary<string, string> files, params (string File, Func<string, string> Edit)[] edits) =>
        TokenHash.Of(files.Select(file => edits.Where(edit => edit.File == file.Key).Aggregate(file.Value, (text, edit) => edit.Edit(text))), Packages);

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(CodeVersionTests).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
