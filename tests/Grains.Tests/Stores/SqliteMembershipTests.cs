namespace Siamese.Grains.Tests.Stores;

public sealed class SqliteMembershipTests : MembershipTests
{
    private readonly StoreFolder _folder = new();

    private protected override IStoreUnderTest Place => _folder;
}
