namespace Siamese.Client.CommandLine;

/// <summary>The value of an option that is on or off.</summary>
internal enum Switch
{
    Off,
    On,
}
