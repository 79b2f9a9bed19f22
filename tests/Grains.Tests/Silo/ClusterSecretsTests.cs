using System.Text;
using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;
using Siamese.Grains.Tests.Stores;
using Siamese.Silo.Access;
using Siamese.Silo.Storage;

namespace Siamese.Grains.Tests.Silo;

public sealed class ClusterSecretsTests : IDisposable
{
    private static readonly byte[] _content = Encoding.UTF8.GetBytes("content");

    private readonly StoreFolder _folder = new();
    private readonly IStore _store;
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    public ClusterSecretsTests()
    {
        _store = _folder.Store();
        _store.Migrate();
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_signature_is_valid_for_its_content_and_purpose_on_every_silo_and_nowhere_else()
    {
        var (one, two) = (Secrets(), Secrets());
        using var elsewhere = new StoreFolder();
        using var other = elsewhere.Store();
        other.Migrate();
        var signature = one.Sign("ticket", _content);

        Assert.True(two.IsValid("ticket", _content, signature));
        Assert.False(two.IsValid("verdict", _content, signature));
        Assert.False(two.IsValid("ticket", Encoding.UTF8.GetBytes("other"), signature));
        Assert.False(two.IsValid("ticket", _content, new byte[32]));
        Assert.False(two.IsValid("ticket", _content, []));
        Assert.False(new ClusterSecrets(other, _time).IsValid("ticket", _content, signature));
    }

    /// <summary>Of two silos, one starts just after a rotation and the other has yet to read the new secret.</summary>
    [Fact]
    public async Task Silos_understand_each_other_while_a_secret_is_rotated()
    {
        var older = Secrets();
        var before = older.Sign("ticket", _content);
        _store.Add(StoredSecret.After(_store.Secrets(), _time.GetUtcNow()));
        var newer = Secrets();

        Assert.True(older.IsValid("ticket", _content, newer.Sign("ticket", _content)));
        _time.Advance(ClusterSecrets.Grace + TimeSpan.FromSeconds(1));
        var after = newer.Sign("ticket", _content);

        Assert.NotEqual(before, after);
        Assert.True(newer.IsValid("ticket", _content, before));
        older.IsValid("ticket", _content, after);
        await older.Reading;
        Assert.True(older.IsValid("ticket", _content, after));
        await newer.Reading;
    }

    [Fact]
    public void A_ticket_ends_with_its_certificate()
    {
        var tickets = new Tickets(Secrets(), "siamese tls", denied: null, _time);
        var caller = new Caller("ann", "1A", Role.Teach, _time.GetUtcNow().AddSeconds(10));
        var ticket = tickets.Issue(caller);

        Assert.Equal(caller, tickets.Read(ticket));
        Assert.Null(new Tickets(Secrets(), "other tls", denied: null, _time).Read(ticket));
        Assert.Null(new Tickets(Secrets(), "siamese local", denied: null, _time).Read(ticket));
        Assert.Null(tickets.Read([]));
        Assert.Null(tickets.Read(ticket[..^1]));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(tickets.Read(ticket));
    }

    [Fact]
    public void The_tickets_of_a_denied_certificate_are_no_longer_valid()
    {
        var list = Path.Combine(_folder.Folder, "denied");
        File.WriteAllText(list, "");
        var tickets = new Tickets(Secrets(), "siamese tls", new DenyList(list, _time), _time);
        var (left, stays) = (tickets.Issue(new("anna", "0AFF", Role.Train, null)), tickets.Issue(new("ben", "0AFE", Role.Train, null)));
        Assert.NotNull(tickets.Read(left));

        File.WriteAllText(list, "0AFF");
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Null(tickets.Read(left));
        Assert.Equal("ben", tickets.Read(stays)!.Name);
    }

    private ClusterSecrets Secrets() => new(_store, _time);
}
