#pragma once

namespace leibniz {

/// A growing array for constant evaluation: raw storage, because std::vector is 10 to 100 times slower there.
template <class T>
class growing {
 public:
  constexpr growing() = default;
  constexpr explicit growing(int n_)
      : items_(new T[static_cast<unsigned>(n_)]{}), capacity_(n_), size_(n_) {}
  growing(const growing&) = delete;
  growing& operator=(const growing&) = delete;
  constexpr ~growing() { delete[] items_; }

  constexpr int size() const { return size_; }
  constexpr T& operator[](int i) { return items_[i]; }
  constexpr const T& operator[](int i) const { return items_[i]; }
  constexpr void push(const T& item) {
    if (size_ == capacity_) reserve(capacity_ == 0 ? 16 : 2 * capacity_);
    items_[size_++] = item;
  }
  constexpr void pop() { --size_; }
  constexpr void clear() { size_ = 0; }
  constexpr void reserve(int count) {
    if (count <= capacity_) return;
    T* larger = new T[static_cast<unsigned>(count)]{};
    for (int i = 0; i < size_; ++i) larger[i] = items_[i];
    delete[] items_;
    items_ = larger;
    capacity_ = count;
  }
  /// Grows to `count` items, the new ones zero.
  constexpr void extend(int count) {
    reserve(count);
    for (int i = size_; i < count; ++i) items_[i] = T{};
    if (count > size_) size_ = count;
  }

 private:
  T* items_ = nullptr;
  int capacity_ = 0;
  int size_ = 0;
};

}  // namespace leibniz
