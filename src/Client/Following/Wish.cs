namespace Siamese.Client.Following;

/// <summary>What a user who interrupts the watching of a sweep wants.</summary>
internal enum Wish
{
    /// <summary>The client ends, the sweep goes on.</summary>
    Leave,

    /// <summary>The sweep is cancelled.</summary>
    Cancel,

    /// <summary>Nothing: watching resumes.</summary>
    Watch,
}
