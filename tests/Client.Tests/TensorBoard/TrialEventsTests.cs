using System.Buffers.Binary;
using System.Text;
using Siamese.Client.TensorBoard;
using Siamese.Contracts.Trials;
using Tensorboard;

namespace Siamese.Client.Tests.TensorBoard;

/// <summary>Reads event files with the messages of TorchSharp, which come from TensorBoard's own files.</summary>
public sealed class TrialEventsTests
{
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch.AddDays(1);

    [Fact]
    public void A_trial_has_the_loss_and_the_error_of_each_epoch()
    {
        var events = Read(TrialEvents.File(Some.Trial(), _start));

        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([(1, 0.5f), (2, 0.25f)], Curve(events, TrialEvents.Loss));
        Assert.Equal([(1, 0.1f), (2, 0.0231f)], Curve(events, TrialEvents.Eer));
        Assert.Equal(86400 + 41.3, events.Last(one => one.Step == 2).WallTime, 6);
    }

    [Fact]
    public void A_paused_trial_has_the_error_of_every_epoch_and_the_loss_that_is_known()
    {
        var trial = Some.Trial(status: TrialStatus.Pruned);
        trial = trial with { Result = trial.Result! with { Epochs = [new(3, 9, 0.4, 0.2, 30) { Curve = [0.3, 0.25, 0.2] }] } };
        var events = Read(TrialEvents.File(trial, _start));

        Assert.Equal([(3, 0.4f)], Curve(events, TrialEvents.Loss));
        Assert.Equal([(1, 0.3f), (2, 0.25f), (3, 0.2f)], Curve(events, TrialEvents.Eer));
    }

    [Fact]
    public void What_is_not_a_number_is_left_out()
    {
        var trial = Some.Trial();
        trial = trial with { Result = trial.Result! with { Epochs = [new(1, 2, double.NaN, double.NaN, 20)] } };

        Assert.Empty(Curve(Read(TrialEvents.File(trial, _start)), TrialEvents.Loss));
        Assert.Empty(Curve(Read(TrialEvents.File(trial, _start)), TrialEvents.Eer));
    }

    [Fact]
    public void A_trial_has_its_hyperparameters_and_how_it_ended()
    {
        var values = Read(TrialEvents.File(Some.Trial(), _start)).Where(one => one.Summary is not null).SelectMany(one => one.Summary.Value).ToList();
        var start = Assert.Single(values, value => value.Tag == "_hparams_/session_start_info");
        var end = Assert.Single(values, value => value.Tag == "_hparams_/session_end_info");

        Assert.Equal(("hparams", "hparams"), (start.Metadata.PluginData.PluginName, end.Metadata.PluginData.PluginName));
        var text = Encoding.UTF8.GetString(start.Metadata.PluginData.Content.ToByteArray());
        Assert.Contains("learningRate", text, StringComparison.Ordinal);
        Assert.Contains("contrastive", text, StringComparison.Ordinal);
    }

    private static List<(int, float)> Curve(IEnumerable<Event> events, string tag) =>
    [
        .. from one in events
           where one.Summary is not null
           from value in one.Summary.Value
           where value.Tag == tag
           select ((int)one.Step, value.SimpleValue),
    ];

    /// <summary>Checks each record's sums, bit by bit.</summary>
    private static List<Event> Read(byte[] file)
    {
        var events = new List<Event>();
        var rest = file.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
            Assert.Equal(MaskedSum(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            Assert.Equal(MaskedSum(rest.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(rest.Slice(12, length).ToArray()));
            rest = rest[(16 + length)..];
        }

        return events;
    }

    private static uint MaskedSum(ReadOnlySpan<byte> data)
    {
        var sum = Crc32C(data);
        return ((sum >> 15) | (sum << 17)) + 0xa282ead8;
    }

    private static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var one in data)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0x82f63b78 : sum >> 1;
        }

        return ~sum;
    }

    [Fact]
    public void The_sum_is_that_of_RFC_3720() => Assert.Equal(0xe3069283, Crc32C("123456789"u8));
}
