namespace Siamese.Client.Tests.Commands.Verdicts;

public sealed class ReferencesTests
{
    [Fact]
    public async Task A_verdict_against_several_references_says_how_they_were_used()
    {
        using var client = new ClientRun();
        var image = client.Write("a.png", "1");

        Assert.Equal(0, await client.Run("verdict", image, "--references", image, image, image, image, "--ensemble", "mine", "--prior", "0.1"));

        Assert.Contains(
            "against 4 references, by a normal distribution of their embeddings (calibrated for 3, the most that validation images sufficed for); distances of single pairs: 0.500, 1.500, 2.500, 3.500",
            client.Out, StringComparison.Ordinal);
        Assert.Equal(0.1, client.Cluster.Terms!.Prior);
    }

    [Fact]
    public async Task An_enrolled_name_stands_for_its_images()
    {
        using var client = new ClientRun();
        var image = client.Write("a.png", "\u0007");
        await client.Run("enroll", "Ann", image, "--ensemble", "mine");

        Assert.Equal(0, await client.Run("verdict", image, "--enrolled", "Ann", "--ensemble", "mine"));
        Assert.Contains("against 1 reference; distances of single pairs: 7.000", client.Out, StringComparison.Ordinal);
        Assert.Equal(2, await client.Run("verdict", image, "--enrolled", "Bob", "--ensemble", "mine"));
    }

    [Theory]
    [InlineData("verdict a.png b.png --references c.png", "'b.png' is a second image beside --references. Give one image to compare with the references.")]
    [InlineData("verdict a.png --references c.png --enrolled Ann", "--references and --enrolled: an image can be compared with one of them; leave the other out.")]
    [InlineData("verdict a.png --references missing.png", "There is no image file 'missing.png'.")]
    [InlineData("evaluate mine --references 1", "--references: 1 is not 2 or above.")]
    [InlineData("evaluate mine --references 3 --protocol one-shot", "--references is only valid with --protocol pairs; leave it out.")]
    [InlineData("evaluate mine --references 3 --negatives same-group", "--negatives does not apply to --references; leave one of them out.")]
    public async Task Options_that_do_not_go_together_are_refused(string line, string sentence)
    {
        using var client = new ClientRun();
        var words = line.Split(' ').Select(word => word is "a.png" or "c.png" ? client.Write(word, "1") : word);

        Assert.Equal(2, await client.Run([.. words]));
        Assert.Contains(sentence, client.Error, StringComparison.Ordinal);
    }
}
