using Siamese.Client.LocalSilo;
using Siamese.Client.Outcomes;
using Siamese.Contracts;

namespace Siamese.Client.Tests.LocalSilo;

public sealed class SiloProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_environment_variable_takes_precedence()
    {
        var named = _folder.File("named/silo.dll");
        _folder.File("client/silo/silo.dll");

        var expected = Path.GetDirectoryName(named);
        Assert.Equal(expected, Find(named).Folder);
        Assert.Equal(expected, Find(Path.GetDirectoryName(named)).Folder);
        Assert.Equal(expected, Find(Path.Combine(expected!, "silo")).Folder);
    }

    [Fact]
    public void A_silo_next_to_the_client_takes_precedence_over_the_built_one()
    {
        var beside = _folder.File("client/silo/silo.dll");

        Assert.Equal(Path.GetDirectoryName(beside), Find(null, built: _folder.File("built/silo.dll")).Folder);
    }

    [Fact]
    public void Otherwise_the_built_silo_is_used()
    {
        var built = _folder.File("built/silo.dll");

        Assert.Equal(Path.GetDirectoryName(built), Find("", built).Folder);
    }

    [Fact]
    public void A_variable_that_names_nothing_is_bad_input() =>
        Assert.Contains("SIAMESE_SILO", Assert.Throws<BadInputException>(() => Find("/no/such/silo.dll")).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_any_silo_the_message_says_how_to_get_one() =>
        Assert.Contains("--silo HOST:PORT", Assert.Throws<NoClusterException>(() => Find(null, "/no/such/silo.dll")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_build_records_the_path_of_the_silo() => Assert.True(File.Exists(Path.Combine(SiloProgram.Find().Folder, "silo.dll")));

    private SiloProgram Find(string? named, string? built = null) =>
        SiloProgram.Find(named, Path.Combine(_folder.Path, "client"), built);
}
