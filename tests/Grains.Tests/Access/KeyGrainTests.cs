using System.Text;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Grains.Tests.Clusters;

namespace Siamese.Grains.Tests.Access;

public sealed class KeyGrainTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    private IKeyGrain Keys => _cluster.Client.GetGrain<IKeyGrain>(0);

    public async Task InitializeAsync() => _cluster = await TestCluster.Start();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task A_key_gives_its_holder_a_ticket_until_it_is_revoked()
    {
        var (text, key) = await Add("lab00001", "lab");
        Assert.StartsWith("siamese_lab00001_", text, StringComparison.Ordinal);
        Assert.Equal(("lab", Role.Ask, 6000, null), (key.Name, key.Role, key.PerMinute, key.Until));

        var admission = await Admit(text);
        Assert.Equal(("lab00001", "lab", Role.Ask, 6000), (admission!.Key, admission.Name, admission.Role, admission.PerMinute));
        Assert.Equal($"key:lab, key lab00001, Ask, {admission.Until:u}", Encoding.UTF8.GetString(admission.Ticket.AsSpan()));
        Assert.InRange(admission.Until - _cluster.Clock.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));

        Assert.True(await Keys.Revoke("lab", default));
        Assert.Null(await Admit(text));
        Assert.True(await Keys.Revoke("lab00001", default));
        Assert.False(await Keys.Revoke("nothing", default));
    }

    [Fact]
    public async Task Unknown_and_expired_keys_are_not_admitted()
    {
        var (text, _) = await Keys.Add(new("lab00001", "lab", Role.Ask) { Until = _cluster.Clock.GetUtcNow().AddMinutes(1) }, default);
        Assert.Null(await Admit(text + "0"));
        Assert.Null(await Admit("siamese"));
        var until = (await Admit(text))!.Until;

        _cluster.Clock.PutDateForward(TimeSpan.FromMinutes(1));

        Assert.True(until <= _cluster.Clock.GetUtcNow());
        Assert.Null(await Admit(text));
    }

    [Fact]
    public async Task Keys_survive_the_loss_of_the_grain_and_secrets_are_not_stored()
    {
        var (text, _) = await Add("lab00001", "lab");
        var (revoked, _) = await Add("lab00002", "other");
        await Keys.Revoke("other", default);
        await Admit(text);

        await _cluster.Lose(Keys);

        Assert.NotNull(await Admit(text));
        Assert.Null(await Admit(revoked));
        Assert.Equal(["lab00002 True", "lab00001 False"], (await Keys.List(default)).Select(key => $"{key.Id} {key.RevokedAt is not null}"));
        Assert.All(Stored(), bytes => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text.Split('_')[2])) < 0));
        await Refused("lab00001", "a third");
        await Refused("lab00003", "lab");
    }

    [Fact]
    public async Task A_key_that_could_not_be_stored_does_not_exist()
    {
        _cluster.Stored.FailsToWrite = (name, _) => name == "keys";
        await Assert.ThrowsAnyAsync<Exception>(() => Add("lab00001", "lab"));
        _cluster.Stored.FailsToWrite = (_, _) => false;

        Assert.Empty(await Keys.List(default));
        await Add("lab00001", "lab");
    }

    [Fact]
    public async Task Uses_are_stored_at_most_once_a_minute_and_when_the_grain_ends()
    {
        var (text, _) = await Add("lab00001", "lab");
        Assert.Equal(1, Writes);
        for (var i = 0; i < 100; i++)
            await Admit(text);
        await TestCluster.Until(() => Task.FromResult(Writes > 1));
        Assert.Equal(2, Writes);

        _cluster.Clock.PutDateForward(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 100; i++)
            await Admit(text);
        await TestCluster.Until(() => Task.FromResult(Writes > 2));
        await Admit(text);
        Assert.Equal(3, Writes);
        var used = (await Keys.List(default)).Single().LastUsedAt;

        await _cluster.Lose(Keys);

        Assert.Equal(used, (await Keys.List(default)).Single().LastUsedAt);
        Assert.Equal(4, Writes);
    }

    [Fact]
    public async Task Keys_are_admitted_while_uses_cannot_be_stored()
    {
        var (text, _) = await Add("lab00001", "lab");
        _cluster.Stored.FailsToWrite = (name, _) => name == "keys";
        await Admit(text);
        await TestCluster.Until(() => Task.FromResult(_cluster.Stored.Failures == 1));
        var reads = _cluster.Stored.Reads.Count;

        Assert.NotNull(await Admit(text));

        _cluster.Stored.FailsToWrite = (_, _) => false;
        _cluster.Clock.PutDateForward(TimeSpan.FromMinutes(1));
        await Admit(text);
        await TestCluster.Until(() => Task.FromResult(Writes == 2));
        Assert.DoesNotContain(_cluster.Stored.Reads.Skip(reads), state => state.StartsWith("keys/", StringComparison.Ordinal));
    }

    private int Writes => _cluster.Stored.Rows.Where(row => row.Key.StartsWith("keys/", StringComparison.Ordinal)).Sum(row => row.Value.Version);

    private IEnumerable<byte[]> Stored() => _cluster.Stored.Rows.Values.Select(row => row.Bytes!);

    private Task<NewApiKey> Add(string id, string name) => Keys.Add(new(id, name, Role.Ask), default);

    private Task<Admission?> Admit(string text) => Keys.Admit(text, default);

    private Task<BadInputException> Refused(string id, string name) => Assert.ThrowsAsync<BadInputException>(() => Add(id, name));
}
