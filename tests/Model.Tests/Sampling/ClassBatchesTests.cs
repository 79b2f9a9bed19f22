using Siamese.Model.Data.Images;
using Siamese.Model.Sampling;

namespace Siamese.Model.Tests.Sampling;

public sealed class ClassBatchesTests
{
    [Fact]
    public void A_batch_of_120_over_ten_classes_has_12_of_each()
    {
        var images = SomeClasses.Even(classes: 10, size: 100);
        Assert.All(Deal(images, 120), batch => Assert.Equal(Enumerable.Repeat(12, 10), PerClass(images, batch)));
    }

    [Theory]
    [InlineData(10, 100, 64)] // Not divisible by the classes.
    [InlineData(10, 100, 30)] // Too small for four of every class.
    [InlineData(3, 50, 100)]
    [InlineData(400, 20, 50)] // Many classes.
    [InlineData(2, 9, 18)] // Every image, every time.
    public void A_batch_is_full_of_distinct_images_with_at_least_four_of_each_class_in_it(int classes, int size, int batchSize)
    {
        var images = SomeClasses.Even(classes, size);
        Assert.All(Deal(images, batchSize), batch =>
        {
            Assert.Equal(batchSize, batch.Distinct().Count());
            Assert.Equal(batchSize, batch.Length);
            var perClass = PerClass(images, batch);
            Assert.True(perClass.Length >= 2 && perClass.Min() >= 4, string.Join(' ', perClass));
            Assert.InRange(perClass.Max() - perClass.Min(), 0, 1);
        });
    }

    [Fact]
    public void Every_class_and_nearly_every_image_is_used_in_an_epoch()
    {
        var images = SomeClasses.Even(classes: 300, size: 20);
        var served = Deal(images, 100).SelectMany(batch => batch).ToArray();
        Assert.Equal(300, served.Select(image => images.Labels[image]).Distinct().Count());
        Assert.True(served.Distinct().Count() > 0.9 * images.Count);
    }

    [Fact]
    public void Classes_are_used_evenly_in_the_long_run()
    {
        var images = SomeClasses.Even(classes: 10, size: 40);
        var batches = new ClassBatches(images, 28); // Four each of seven classes.
        var counts = Enumerable.Range(0, 40).SelectMany(epoch => batches.Deal(new Random(epoch)))
            .SelectMany(batch => batch).CountBy(image => images.Labels[image]).ToDictionary();
        var expected = counts.Values.Sum() / 10.0;
        Assert.All(counts.Values, count => Assert.InRange(count, expected * 0.97, expected * 1.03));
    }

    [Fact]
    public void Half_of_the_images_of_a_class_are_forgeries_if_there_are_as_many()
    {
        var images = SomeClasses.Of(12, 12, 12);
        int[] forgeries = [6, 1, 0]; // Of each class.
        var forged = new bool[images.Count];
        foreach (var image in Enumerable.Range(0, images.Count).GroupBy(image => images.Labels[image]).SelectMany(its => its.Take(forgeries[its.Key])))
            forged[image] = true;
        var batches = new ClassBatches(images, batchSize: 16, steps: 50, forged).Deal(new Random(1)).ToArray();

        Assert.Equal(50, batches.Length);
        Assert.All(batches, batch => Assert.Equal((16, 2), (batch.Distinct().Count(), batch.Select(image => images.Labels[image]).Distinct().Count())));
        Assert.All(batches, batch => Assert.All(
            batch.GroupBy(image => images.Labels[image]), ofClass => Assert.Equal(new[] { 4, 1, 0 }[ofClass.Key], ofClass.Count(image => forged[image]))));
        Assert.Equal(36, batches.SelectMany(batch => batch).Distinct().Count());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_small_batch_has_two_genuine_images_of_a_class_before_forgeries(int batchSize)
    {
        var images = SomeClasses.Even(classes: 3, size: 12);
        bool[] forged = [.. Enumerable.Range(0, images.Count).Select(image => image % 2 == 1)];

        Assert.All(new ClassBatches(images, batchSize, steps: 20, forged).Deal(new Random(1)), batch =>
        {
            Assert.Equal(batchSize, batch.Length);
            Assert.All(batch.Where(image => !forged[image]).CountBy(image => images.Labels[image]), genuine => Assert.InRange(genuine.Value, 2, 4));
        });
    }

    [Fact]
    public void A_batch_is_full_although_the_classes_have_few_genuine_images()
    {
        var images = SomeClasses.Even(classes: 40, size: 22);
        bool[] forged = [.. Enumerable.Range(0, images.Count).Select(image => image >= 2 * 40)];

        Assert.All(new ClassBatches(images, 120, steps: 20, forged).Deal(new Random(1)), batch => Assert.InRange(batch.Length, 116, 120));
    }

    [Fact]
    public void A_class_smaller_than_its_share_does_not_repeat_its_images()
    {
        var images = SomeClasses.Of(40, 3, 40, 40);
        Assert.All(Deal(images, 40), batch =>
        {
            Assert.Equal(batch.Length, batch.Distinct().Count());
            Assert.Equal(3, batch.Count(image => images.Labels[image] == 1));
            Assert.InRange(batch.Length, 33, 40);
        });
    }

    [Fact]
    public void Many_classes_of_two_images_fill_a_batch()
    {
        var images = SomeClasses.Even(classes: 2500, size: 2);
        var batches = Deal(images, 100);
        Assert.All(batches, batch => Assert.Equal(Enumerable.Repeat(2, 50), PerClass(images, batch)));
        Assert.Equal(2500, batches.SelectMany(batch => batch).Select(image => images.Labels[image]).Distinct().Count());
    }

    [Theory]
    [InlineData(8000, 100, 80)]
    [InlineData(8001, 100, 81)]
    [InlineData(1000, 100, 40)] // 4,000 images at least.
    [InlineData(1000, 120, 34)]
    public void An_epoch_is_one_pass_and_at_least_4000_images(int images, int batchSize, int batches)
    {
        var set = SomeClasses.Even(classes: 10, size: (images + 9) / 10);
        Assert.Equal(batches, ClassBatches.BatchesPerEpoch(images, batchSize));
        Assert.Equal(ClassBatches.BatchesPerEpoch(set.Count, batchSize), new ClassBatches(set, batchSize).Count);
        Assert.Equal(ClassBatches.BatchesPerEpoch(set.Count, batchSize), Deal(set, batchSize).Length);
    }

    [Fact]
    public void Stated_steps_are_the_batches_of_an_epoch()
    {
        var images = SomeClasses.Even(classes: 10, size: 30);
        var three = new ClassBatches(images, batchSize: 50, steps: 3);
        Assert.Equal((3, 3), (three.Count, three.Deal(new Random(7)).Count()));
        Assert.Equal(Deal(images, 50)[..3], three.Deal(new Random(7)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_batches_and_another_seed_different_ones()
    {
        var images = SomeClasses.Even(classes: 10, size: 30);
        Assert.Equal(Deal(images, 50, seed: 1), Deal(images, 50, seed: 1));
        Assert.NotEqual(Deal(images, 50, seed: 1), Deal(images, 50, seed: 2));
    }

    private static int[][] Deal(ImageSet images, int batchSize, int seed = 7) =>
        [.. new ClassBatches(images, batchSize).Deal(new Random(seed))];

    private static int[] PerClass(ImageSet images, int[] batch) => [.. batch.CountBy(image => images.Labels[image]).Select(of => of.Value)];
}
