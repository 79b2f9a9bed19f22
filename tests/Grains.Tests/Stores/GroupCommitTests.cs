using Siamese.Silo.Storage;

namespace Siamese.Grains.Tests.Stores;

public sealed class GroupCommitTests : IDisposable
{
    private readonly SemaphoreSlim _mayCommit = new(0);
    private readonly TaskCompletionSource _isCommitting = new();
    private readonly List<int[]> _groups = [];
    private Func<IReadOnlyList<int>, bool> _fails = _ => false;
    private Exception _failure = new IOException("The disk is full.");

    public void Dispose() => _mayCommit.Dispose();

    [Fact]
    public async Task Writes_that_arrive_during_a_commit_share_the_next_one()
    {
        using var commits = new GroupCommit<int>(Commit);
        var first = commits.Add(0);
        await _isCommitting.Task;
        var burst = Task.WhenAll(Enumerable.Range(1, 100).Select(commits.Add));
        _mayCommit.Release();
        await first;
        Assert.False(burst.IsCompleted);

        _mayCommit.Release();
        await burst;

        Assert.Equal([1, 100], _groups.Select(group => group.Length));
        Assert.Equal(Enumerable.Range(0, 101), _groups.SelectMany(group => group));
    }

    [Fact]
    public async Task A_failed_commit_fails_every_write_in_it_and_no_other()
    {
        using var commits = new GroupCommit<int>(Commit);
        _fails = group => group.Contains(2);
        var first = commits.Add(0);
        await _isCommitting.Task;
        var (one, two) = (commits.Add(1), commits.Add(2));
        _mayCommit.Release(3);

        await first;
        await Assert.ThrowsAsync<IOException>(() => one);
        await Assert.ThrowsAsync<IOException>(() => two);
        await commits.Add(3);
    }

    [Fact]
    public async Task A_write_at_fault_fails_alone()
    {
        using var commits = new GroupCommit<int>(Commit);
        (_fails, _failure) = (group => group.Contains(2), new InvalidDataException("It is not text."));
        var first = commits.Add(0);
        await _isCommitting.Task;
        var (one, two, three) = (commits.Add(1), commits.Add(2), commits.Add(3));
        _mayCommit.Release(5);

        await Task.WhenAll(first, one, three);
        await Assert.ThrowsAsync<InvalidDataException>(() => two);
        Assert.Equal([[0], [1], [3]], _groups);
    }

    [Fact]
    public async Task Accepted_writes_are_committed_before_closing()
    {
        var commits = new GroupCommit<int>(Commit);
        _mayCommit.Release(2);
        var (one, two) = (commits.Add(1), commits.Add(2));

        commits.Dispose();

        Assert.True(one.IsCompletedSuccessfully && two.IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => commits.Add(3));
    }

    private void Commit(IReadOnlyList<int> group, CancellationToken closing)
    {
        _isCommitting.TrySetResult();
        _mayCommit.Wait(CancellationToken.None);
        if (_fails(group))
            throw _failure;
        _groups.Add([.. group]);
    }
}
